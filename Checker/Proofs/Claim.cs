using Irekae.Model.Numbers;

namespace Irekae.Checker.Proofs;

/// <summary>What a certificate proves of all runs of its automaton. Ticks.</summary>
internal abstract record Claim
{
    /// <summary>No clock ever passes the bound: at the end of what it times, when that is given up, and while it goes on. It cannot go on for ever.</summary>
    /// <param name="Strict">Nor does one reach it.</param>
    public sealed record Max(Rational Bound, bool Strict) : Claim;

    /// <summary>Whatever is timed and ends has taken at least as long.</summary>
    public sealed record Min(Rational Bound, bool Strict) : Claim;

    /// <summary>No run comes to a location, or takes an edge, that carries the flag.</summary>
    public sealed record Never(int Flag) : Claim;

    /// <summary>No run makes infinitely many moves in no time.</summary>
    public sealed record TimePasses : Claim;
}
