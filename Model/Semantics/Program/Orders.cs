using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Irekae.Model.Semantics.Program;

/// <summary>
/// Which of the orders of one instant's simultaneous steps are followed, from one move's first draft to those at rest. Depth first, so that steps that can
/// go round for ever, and no time passes, show as a draft that amounts to the same as one it came of; it stops there.
/// </summary>
internal abstract class Orders
{
    /// <summary>Whether to go on from an alternative that a choice has made of the first draft or of one that came of it.</summary>
    public abstract bool Follows(Draft alternative);

    /// <summary>Whether a draft that has come to rest is a move.</summary>
    public virtual bool Ends(Draft atRest) => true;

    /// <summary>For the next move.</summary>
    public abstract void Begin();

    private static bool GoesRound(Draft draft)
    {
        draft.Violations.Add(new Violation(ViolationKind.TimeStops, "steps that take no time can go round for ever", null));
        draft.Stops = true;
        return true;
    }

    /// <summary>Each outcome once.</summary>
    public sealed class Every(CancellationToken cancel) : Orders
    {
        /// <summary>Well under a second.</summary>
        private const int Limit = 1 << 15;

        private readonly Dictionary<Outcome, int> met = [];
        private readonly List<int> origins = [];
        private readonly HashSet<Outcome> ended = [];

        public override void Begin()
        {
            met.Clear();
            origins.Clear();
            ended.Clear();
        }

        public override bool Ends(Draft atRest)
        {
            if (origins.Count == 0) return true;
            (atRest.Ending, atRest.Stays) = (-1, false);
            return ended.Add(atRest.Outcome());
        }

        public override bool Follows(Draft alternative)
        {
            cancel.ThrowIfCancellationRequested();
            if (met.Count == Limit) throw new CrowdedInstantException(Limit);
            var outcome = alternative.Outcome();
            if (met.TryGetValue(outcome, out int earlier)) return CameOf(alternative.Origin, earlier) && GoesRound(alternative);
            met.Add(outcome, met.Count);
            origins.Add(alternative.Origin);
            alternative.Origin = origins.Count - 1;
            return true;
        }

        private bool CameOf(int draft, int earlier)
        {
            while (draft > earlier) draft = origins[draft];
            return draft == earlier;
        }
    }

    /// <summary>Every one, outcome or not: what the others are compared with.</summary>
    public sealed class All(int limit) : Orders
    {
        private int count;

        public override void Begin() => count = 0;

        public override bool Follows(Draft alternative) => ++count <= limit ? true : throw new CrowdedInstantException(limit);
    }

    /// <summary>The one with these choices.</summary>
    public sealed class Given(ImmutableArray<int> choices) : Orders
    {
        private readonly HashSet<Outcome> passed = [];

        public override void Begin() => passed.Clear();

        public override bool Follows(Draft alternative)
        {
            if (!choices.AsSpan().StartsWith(CollectionsMarshal.AsSpan(alternative.Choices))) return false;
            return passed.Add(alternative.Outcome()) || alternative.Choices.Count < choices.Length || GoesRound(alternative);
        }

        public override bool Ends(Draft atRest) => atRest.Choices.Count == choices.Length;
    }
}
