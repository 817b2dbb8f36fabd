using System.Diagnostics;

namespace Irekae.Model.Binding;

/// <summary>
/// What is known of a value before the system runs. Integers carry the range the value certainly lies in, in 64 bits,
/// so that a range that leaves 32 bits can be seen.
/// </summary>
internal abstract record StaticType
{
    public sealed record Bool : StaticType;

    public sealed record Int(long Low, long High) : StaticType;

    public sealed record Token(DataType.Token Type) : StaticType
    {
        public bool Equals(Token? other) => other is not null && ReferenceEquals(Type, other.Type);

        public override int GetHashCode() => Type.Name.GetHashCode(StringComparison.Ordinal);
    }

    /// <summary>Of a part that already has a diagnostic: fits everywhere, so that nothing else is said about it.</summary>
    public sealed record Error : StaticType;

    public static readonly StaticType OfBool = new Bool();

    public static readonly StaticType Unknown = new Error();

    public static StaticType Of(DataType type) => type switch
    {
        DataType.Bool => OfBool,
        DataType.Range range => new Int(range.Low, range.High),
        DataType.Token token => new Token(token),
        _ => throw new UnreachableException($"no static type for {type}"),
    };

    public bool IsError => this is Error;

    /// <summary>One kind of value, whatever the ranges: they can be compared and assigned.</summary>
    public bool SameKind(StaticType other) => (this, other) switch
    {
        (Error, _) or (_, Error) or (Bool, Bool) or (Int, Int) => true,
        (Token a, Token b) => a.Equals(b),
        _ => false,
    };

    /// <summary>As a sentence names it: "a number", "true or false", "a state".</summary>
    public string Words => this switch
    {
        Bool => "true or false",
        Int => "a number",
        Token token => $"a `{token.Type.Name}`",
        Error => "nothing known",
        _ => throw new UnreachableException($"no words for {this}"),
    };
}

/// <summary>An expression and what is known of its value.</summary>
internal readonly record struct Typed(BoundExpression Expression, StaticType Type)
{
    public static readonly Typed Error = new(new BoundExpression.Literal(0), StaticType.Unknown);

    public static Typed Bool(BoundExpression expression) => new(expression, StaticType.OfBool);

    /// <summary>The value when the expression is a single known number.</summary>
    public int? Constant => Expression is BoundExpression.Literal literal && Type is not StaticType.Error ? literal.Value : null;
}
