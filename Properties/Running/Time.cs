using Irekae.Model.Numbers;

namespace Irekae.Properties.Running;

/// <summary>A duration or an instant of a run: exact, never rounded. <see cref="Endless"/> is later than every other.</summary>
public readonly struct Time : IEquatable<Time>, IComparable<Time>, IComparable
{
    private readonly Rational nanoseconds;
    private readonly bool endless;

    public Time(Rational nanoseconds) => this.nanoseconds = nanoseconds;

    private Time(bool endless) => this.endless = endless;

    public static Time Zero => default;

    /// <summary>The smallest of no values.</summary>
    public static Time Endless => new(endless: true);

    /// <exception cref="InvalidOperationException">The time is endless.</exception>
    public Rational Nanoseconds => endless ? throw new InvalidOperationException("an endless time is no number of nanoseconds") : nanoseconds;

    public static Time operator +(Time a, Time b) => a.endless || b.endless ? Endless : new(a.nanoseconds + b.nanoseconds);
    public static Time operator -(Time a, Time b) => a.endless ? Endless : new(a.nanoseconds - b.Nanoseconds);
    public static Time operator *(int count, Time time) => time.endless ? Endless : new(time.nanoseconds * count);
    public static bool operator ==(Time a, Time b) => a.Equals(b);
    public static bool operator !=(Time a, Time b) => !a.Equals(b);
    public static bool operator <(Time a, Time b) => a.CompareTo(b) < 0;
    public static bool operator >(Time a, Time b) => a.CompareTo(b) > 0;
    public static bool operator <=(Time a, Time b) => a.CompareTo(b) <= 0;
    public static bool operator >=(Time a, Time b) => a.CompareTo(b) >= 0;

    public int CompareTo(Time other) => endless || other.endless ? endless.CompareTo(other.endless) : nanoseconds.CompareTo(other.nanoseconds);

    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        Time other => CompareTo(other),
        _ => throw new ArgumentException("a time compares with times", nameof(obj)),
    };

    public bool Equals(Time other) => endless == other.endless && nanoseconds.Equals(other.nanoseconds);

    public override bool Equals(object? obj) => obj is Time other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(endless, nanoseconds);

    /// <summary>In the unit that suits it, such as <c>1.350 ms</c>.</summary>
    public override string ToString() => endless ? "endless" : TimeText.Of(nanoseconds);
}

/// <summary>Times as they are written in specifications: <c>25.us()</c>, <c>1.35m.ms()</c>.</summary>
public static class Times
{
    public static Time ns(this int count) => Of(count, TimeUnit.Nanosecond);
    public static Time us(this int count) => Of(count, TimeUnit.Microsecond);
    public static Time ms(this int count) => Of(count, TimeUnit.Millisecond);
    public static Time s(this int count) => Of(count, TimeUnit.Second);
    public static Time ns(this decimal count) => Of(count, TimeUnit.Nanosecond);
    public static Time us(this decimal count) => Of(count, TimeUnit.Microsecond);
    public static Time ms(this decimal count) => Of(count, TimeUnit.Millisecond);
    public static Time s(this decimal count) => Of(count, TimeUnit.Second);

    private static Time Of(decimal count, TimeUnit unit)
    {
        // A decimal is a whole number of 96 bits over a power of ten.
        var bits = decimal.GetBits(count);
        var whole = (((System.Numerics.BigInteger)(uint)bits[2] << 64) | ((System.Numerics.BigInteger)(uint)bits[1] << 32) | (uint)bits[0]) * (bits[3] < 0 ? -1 : 1);
        return new Time(new Rational(whole * unit.Nanoseconds, System.Numerics.BigInteger.Pow(10, (bits[3] >> 16) & 0xFF)));
    }
}
