using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;

namespace Irekae.Tests.Link;

/// <summary>Times in nanoseconds, as the specification has them.</summary>
internal static class Times
{
    public static Interval Zero { get; } = new(AffineTime.Of(Rational.Zero), AffineTime.Of(Rational.Zero));

    public static Interval Any { get; } = new(AffineTime.Of(Rational.Zero), null);

    public static string Text(Interval interval) => $"[{Text(interval.Low)}, {(interval.High is { } high ? Text(high) : "oo")}]";

    public static string Text(AffineTime time) => Text(time.Constant, time.Terms.Select(t => (t.Parameter.Name, t.Factor)));

    /// <summary>One way to write a sum, whatever the order of its terms.</summary>
    public static string Text(Rational constant, IEnumerable<(string Parameter, Rational Factor)> terms) =>
        string.Join(" + ", terms.GroupBy(t => t.Parameter).Select(g => (g.Key, Factor: g.Aggregate(Rational.Zero, (sum, t) => sum + t.Factor)))
            .Where(t => t.Factor.Sign != 0).OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Factor} {t.Key}").Prepend(constant.ToString()));
}
