using System.Collections.Immutable;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Bounded.Calibration;

/// <summary>A number of ticks that depends linearly on what is open: constant + Σ factor · unknown.</summary>
internal sealed record Linear(Rational Constant, ImmutableSortedDictionary<string, Rational> Terms)
{
    public static Linear Zero { get; } = Of(0);

    public bool IsConstant => Terms.IsEmpty;

    public static Linear Of(Rational constant) => new(constant, ImmutableSortedDictionary.Create<string, Rational>(StringComparer.Ordinal));

    public static Linear Unknown(string name) => new(0, Zero.Terms.Add(name, 1));

    public static Linear operator +(Linear a, Linear b) => Sum(a, b, 1);

    public static Linear operator -(Linear a, Linear b) => Sum(a, b, -1);

    public Rational At(Func<string, Rational> values) => Terms.Aggregate(Constant, (sum, term) => sum + term.Value * values(term.Key));

    /// <param name="rename">What an unknown is called there.</param>
    public string Text(Form form, Func<string, string> rename)
    {
        var parts = Terms.Select(term => term.Value == Rational.One ? rename(term.Key) : $"(* {Encoding.Number(term.Value)} {rename(term.Key)})").ToList();
        if (parts.Count == 0 || (Constant.Sign != 0 && form != Form.Directions)) parts.Add(Encoding.Number(form == Form.Directions ? 0 : Constant));
        return parts.Count == 1 ? parts[0] : $"(+ {string.Join(' ', parts)})";
    }

    private static Linear Sum(Linear a, Linear b, Rational factor)
    {
        var terms = a.Terms;
        foreach (var (name, value) in b.Terms)
        {
            var sum = (terms.TryGetValue(name, out var known) ? known : 0) + factor * value;
            terms = sum.Sign == 0 ? terms.Remove(name) : terms.SetItem(name, sum);
        }

        return new Linear(a.Constant + factor * b.Constant, terms);
    }
}

/// <summary>Expression ≥ 0, or &gt; 0.</summary>
internal readonly record struct Row(Linear Expression, bool Strict)
{
    public string Text(Form form, Func<string, string> rename) => $"({(Strict && form == Form.Exact ? ">" : ">=")} {Expression.Text(form, rename)} 0)";

    public bool Allows(Func<string, Rational> values) => Expression.At(values) is var value && (Strict ? value.Sign > 0 : value.Sign >= 0);

    /// <summary>Null: it depends on the unknowns.</summary>
    public bool? Holds => Expression.IsConstant ? (Strict ? Expression.Constant.Sign > 0 : Expression.Constant.Sign >= 0) : null;
}
