using System.Collections.Immutable;
using Irekae.Checker.Explore;
using Irekae.Checker.Proofs;
using Irekae.Model.Semantics;
using Irekae.Properties;

namespace Irekae.Checker.Verification;

/// <summary>A path of moves that shows something, what its last move is to show, and whether a replayed run does show it.</summary>
internal sealed record Trail(ImmutableArray<Label> Labels, Goal Goal, Func<Run, bool> Shows)
{
    public static Trail To(Node node, Func<Run, bool> shows) => Along(node.Path(), Goal.Reach, shows);

    public static Trail To(Node? from, Edge edge, Goal goal, Func<Run, bool> shows) => Along([.. from?.Path() ?? [], edge], goal, shows);

    public static Trail Along(IEnumerable<Edge> path, Goal goal, Func<Run, bool> shows) => new([.. path.Select(e => Label.Of(e.Move))], goal, shows);

    /// <summary>The run in the realiser's system; null if it is not possible there or shows something else.</summary>
    public Run? Realise(Realiser realiser) => realiser.Realise(Labels, Goal) is { } run && Shows(run) ? run : null;
}

/// <summary>What one exploration says of one question, under one order of simultaneous events.</summary>
internal sealed record Finding(Verdict Verdict, Extreme? Value, Run? Witness, Statistics Statistics)
{
    /// <summary>Of the witness; null: the verdict needs none.</summary>
    public Trail? Trail { get; init; }

    /// <summary>Everything was seen: absence means never.</summary>
    public bool Complete { get; init; } = true;

    /// <summary>Runs ended at a violation: what would have followed was not seen.</summary>
    public bool CutShort { get; init; }

    public string Method { get; init; } = "exploration";

    /// <summary>What a proof of the answer can be made from; null: no exploration shows it of all runs.</summary>
    public Grounds? Grounds { get; init; }

    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>The same answer to the question, whatever the evidence.</summary>
    public bool Agrees(Finding other) => Verdict.GetType() == other.Verdict.GetType()
        && (Value is null) == (other.Value is null)
        && (Value is not { } a || other.Value is not { } b || (a.Proved == b.Proved && a.Found == b.Found && a.Endless == b.Endless));
}
