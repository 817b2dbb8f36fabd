using System.Collections.Immutable;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Properties;

/// <summary>How an extreme value of a quantity is known. Times are nanoseconds.</summary>
/// <param name="Proved">No run passes it (for <c>max</c>: none exceeds it); null: no bound was proved.</param>
/// <param name="Found">What a replayed run shows; null: no run was found.</param>
/// <param name="Attained">A run has exactly the proved value. When false and both sides agree, the value is a supremum (infimum) that runs only approach.</param>
/// <param name="Endless">The quantity can last for ever: there is no finite value.</param>
public sealed record Extreme(Rational? Proved, Rational? Found, bool Attained, bool Endless)
{
    /// <summary>Both sides meet.</summary>
    public bool Exact => Endless || (Proved is { } p && Found is { } f && (p == f || !Attained && Approached));

    /// <summary>The proved value is a supremum (infimum) of runs that come arbitrarily near.</summary>
    public bool Approached { get; init; }
}

/// <summary>Counts of one exploration; seconds are wall time.</summary>
public sealed record Statistics(long States, long Moves, double Seconds)
{
    public long Configurations { get; init; }

    public long LinearPrograms { get; init; }

    /// <summary>Sets replaced by a larger one because a configuration had too many.</summary>
    public long Merges { get; init; }
}

/// <summary>A proof for runs of any length that was written down and then checked by itself. Several answers may share one.</summary>
/// <param name="Model">model.json: the automaton that was explored.</param>
/// <param name="Certificate">cert.json.</param>
public sealed record Certification(ReadOnlyMemory<byte> Model, ReadOnlyMemory<byte> Certificate, int Nodes, int Steps, double CertifySeconds, double CheckSeconds);

/// <summary>One property and what is known of it.</summary>
/// <param name="Kind"><c>max min always reachable after answered check</c>.</param>
/// <param name="Question">As written.</param>
/// <param name="ForAllTime">The verdict holds for runs of any length, not up to a limit.</param>
/// <param name="Value">For <c>max</c> and <c>min</c>.</param>
/// <param name="Bound">The property's own bound in nanoseconds.</param>
/// <param name="Method">How the proved side is known: <c>exploration</c>, or the theorem used with its source.</param>
/// <param name="Witness">The run that attains the value, refutes, or reaches; replayed by the interpreter.</param>
/// <param name="Notes">Whatever a careful reader must know: vacuous, depends on the order of simultaneous events, abstractions.</param>
public sealed record PropertyResult(
    string Name,
    string Kind,
    string Question,
    Verdict Verdict,
    bool ForAllTime,
    Extreme? Value,
    Rational? Bound,
    string Method,
    Run? Witness,
    Statistics Statistics,
    ImmutableArray<string> Notes)
{
    /// <summary>Null: the answer says nothing of all runs, does not come from an exploration, or no certificate was asked for.</summary>
    public Certification? Certified { get; init; }

    /// <summary>In plain words, why an answer that is proved has no certificate although one was asked for; null: it has one, or needs none.</summary>
    public string? Uncertified { get; init; }
}
