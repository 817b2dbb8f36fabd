using System.Runtime.CompilerServices;

namespace Irekae.Checker.Conformance;

/// <summary>
/// An interval of whole ends, each of which belongs to it or not, or without end. An end is kept as twice the number, one more (less) at a low (high) end that does not belong: so ends
/// are compared as integers, and an interval is empty iff its low end is above its high end.
/// </summary>
/// <param name="Low"><see cref="Endless"/>, negated: none.</param>
internal readonly record struct Interval(long Low, long High)
{
    public const long Endless = long.MaxValue, Largest = long.MaxValue / 8;

    public static readonly Interval All = new(-Endless, Endless);

    public bool IsEmpty => Low > High;

    /// <summary>The low end as a number, and whether it does not belong; null: there is none.</summary>
    public (long Value, bool Strict)? LowRow => Low == -Endless ? null : (Low >> 1, (Low & 1) != 0);

    public (long Value, bool Strict)? HighRow => High == Endless ? null : ((High + 1) >> 1, (High & 1) != 0);

    public static Interval Point(long value) => new(Twice(value), Twice(value));

    /// <summary>All up to a value, or all from it on.</summary>
    public static Interval Of(bool upTo, long value, bool strict) => upTo ? new(-Endless, Twice(value) - (strict ? 1 : 0)) : new(Twice(value) + (strict ? 1 : 0), Endless);

    /// <param name="high">Null: no end.</param>
    public static Interval Between(long low, long? high) => new(Twice(low), high is { } end ? Twice(end) : Endless);

    public bool Includes(Interval other) => Low <= other.Low && High >= other.High;

    public Interval And(Interval other) => new(Math.Max(Low, other.Low), Math.Min(High, other.High));

    public Interval Within(Window window) => new(window.Low is { } low ? Math.Max(Low, Twice(low)) : Low, window.High is { } high ? Math.Min(High, Twice(high)) : High);

    public Interval Plus(long by) => by == 0 ? this : new(Low == -Endless ? Low : checked(Low + (2 * by)), High == Endless ? High : checked(High + (2 * by)));

    public static Interval operator +(Interval a, Interval b) => new(-Sum(-a.Low, -b.Low), Sum(a.High, b.High));

    public static Interval operator -(Interval a, Interval b) => new(-Sum(-a.Low, b.High), Sum(a.High, -b.Low));

    /// <summary>Of two high ends: it belongs if both do. (A low end, negated, is a high end.)</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Sum(long a, long b) => a == Endless || b == Endless ? Endless : checked((a + (a & 1)) + (b + (b & 1)) - ((a | b) & 1));

    private static long Twice(long value) => checked(2 * value);
}
