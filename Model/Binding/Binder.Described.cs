using Irekae.Model.Numbers;
using Irekae.Model.Syntax;

namespace Irekae.Model.Binding;

/// <summary>What an editor says of a name: what kind of thing it is, and its value in time or number where it has one.</summary>
internal sealed partial class Binder
{
    private readonly Dictionary<string, NameSyntax> measureNames = [];
    private readonly Dictionary<string, NameSyntax> markNames = [];

    /// <summary>Of things that several statements declare, all are the one that was there first.</summary>
    private void DeclareAgain(Dictionary<string, NameSyntax> declared, string name, NameSyntax syntax, string words)
    {
        if (!declared.TryAdd(name, syntax)) names.Link(syntax, declared[name]);
        names.Declare(syntax, words);
    }

    /// <summary>The values are those of the system as written; a variant only adds names.</summary>
    private void DescribeNames()
    {
        foreach (var symbol in symbols.Values)
        {
            names.Declare(symbol.Declared, symbol.Words, variant is null ? Meaning(symbol) : "");
            switch (symbol)
            {
                case TokenSymbol token:
                    foreach (var value in token.Values) names.Declare(value, $"a value of `{token.Name}`");
                    break;
                case SharedSymbol shared:
                    foreach (var variable in shared.Variables.Values) names.Declare(variable.Declared, "a shared variable", Text(variable.Variable.Type));
                    break;
                case FamilySymbol family:
                    foreach (var instance in family.Instances) Describe(instance);
                    break;
            }
        }

        foreach (var item in variants.Values) names.Declare(item.Name, "a variant", item.Description);
        foreach (var item in faultItems.Values) names.Declare(item.Name, "a fault");
        foreach (var item in experimentItems.Values) names.Declare(item.Name, "an experiment", item.Description);
        foreach (var item in propertyItems.Values) names.Declare(item.Name, "a property");
    }

    private void Describe(ActorSymbol actor)
    {
        if (actor.Instance is { } instance) names.Declare(instance, $"an instance of `{actor.Family.Name}`");
        foreach (var variable in actor.Variables.Values) names.Declare(variable.Declared, $"a variable of `{actor.Family.Name}`", Text(variable.Variable.Type));
        foreach (var parameter in actor.Handlers.Values.SelectMany(handler => handler.Parameters))
            names.Declare(parameter.Declared, "carried by a message", Text(parameter.Variable.Type));
    }

    private static string Meaning(Symbol symbol) => symbol switch
    {
        ConstantSymbol { Value: { } value } => value.ToString(System.Globalization.CultureInfo.InvariantCulture),
        DurationSymbol { Value: { } interval } => Text(interval),
        _ => "",
    };

    /// <summary>As written, and where parameters have a part in it, from the least to the most it can be.</summary>
    private static string Text(Interval interval)
    {
        string text = interval.High is { } end && AffineArithmetic.Same(interval.Low, end)
            ? AffineArithmetic.Print(interval.Low)
            : $"{AffineArithmetic.Print(interval.Low)} .. {(interval.High is { } high ? AffineArithmetic.Print(high) : "forever")}";
        if (interval.Low.IsConstant && interval.High is null or { IsConstant: true }) return text;
        string least = TimeText.Of(AffineArithmetic.Least(interval.Low));
        bool bounded = interval.High is { } last && last.Terms.All(term => term.Factor.Sign < 0 || term.Parameter.Range.High is not null);
        string most = bounded ? TimeText.Of(-AffineArithmetic.Least(AffineArithmetic.Scale(interval.High!, -1))) : "forever";
        return $"{text}, within {least} .. {most}";
    }

    private static string Text(DataType type) => type switch
    {
        DataType.Bool => "bool",
        DataType.Range range => $"{range.Low} .. {range.High}",
        DataType.Token token => token.Name,
        _ => throw new System.Diagnostics.UnreachableException($"a type without words: {type.GetType()}"),
    };
}
