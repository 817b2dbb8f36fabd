using System.Collections.Immutable;
using System.Numerics;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;

namespace Irekae.Model.Semantics.Program;

/// <summary>Scales a system's times to integers: the tick is the greatest common divisor of all constants in it.</summary>
internal sealed class Ticks
{
    private const int MaxBits = 61;

    public Ticks(BoundSystem system)
    {
        BigInteger numerator = 0, denominator = 1;
        void Include(Rational time)
        {
            if (time.Sign == 0) return;
            numerator = BigInteger.GreatestCommonDivisor(numerator * time.Denominator, time.Numerator * denominator);
            denominator *= time.Denominator;
            var common = BigInteger.GreatestCommonDivisor(numerator, denominator);
            numerator /= common;
            denominator /= common;
        }

        foreach (var time in system.Times()) Include(time.Constant);

        Tick = numerator.IsZero ? Rational.One : new Rational(numerator, denominator);
    }

    /// <summary>Nanoseconds per tick.</summary>
    public Rational Tick { get; }

    public TickInterval Scale(Interval interval, Func<Parameter, int> timer) =>
        new(Scale(interval.Low, timer), interval.High is { } high ? Scale(high, timer) : null);

    private TickBound Scale(AffineTime time, Func<Parameter, int> timer)
    {
        BigInteger denominator = 1;
        foreach (var (_, factor) in time.Terms)
            denominator = denominator / BigInteger.GreatestCommonDivisor(denominator, factor.Denominator) * factor.Denominator;
        var terms = time.Terms.Select(t => (timer(t.Parameter), Fit((t.Factor * denominator).Numerator))).ToImmutableArray();
        return new TickBound(Fit((time.Constant / Tick * denominator).Numerator), terms, Fit(denominator));
    }

    private static long Fit(BigInteger value) =>
        value.GetBitLength() <= MaxBits ? (long)value : throw new OverflowException($"a time of {value} ticks does not fit {MaxBits} bits; use times that share a larger unit");
}
