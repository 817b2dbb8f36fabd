using System.Numerics;

namespace Irekae.Model.Numbers;

/// <summary>An exact rational number.</summary>
public readonly record struct Rational(BigInteger Numerator, BigInteger Denominator);
