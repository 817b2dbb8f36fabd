namespace Irekae.Model.Semantics.Program;

/// <summary>
/// What a draft amounts to, whatever the order in which it came about. From two drafts with equal outcomes the same follows, so one of them
/// will do: processes on several cores that do not meddle with each other have as many orders as outcomes have one. Of the events only ends of measures
/// count, which a reader may ask for, and those that the observer sees (<see cref="Observation.Seen"/>), each actor's in their order; the rest is for traces,
/// and each order has its own.
/// </summary>
internal sealed class Outcome : IEquatable<Outcome>
{
    private readonly int[] numbers;
    private readonly TickInterval?[] fresh;
    private readonly string violations;
    private readonly int hash;

    public Outcome(Draft draft, ReadOnlySpan<int> source, TickInterval?[] fresh)
    {
        this.fresh = (TickInterval?[])fresh.Clone();
        violations = string.Join('\n', draft.Violations.Select(v => $"{v.Kind} {v.Text}").Order(StringComparer.Ordinal));
        var all = new List<int>(draft.Cells.Length + source.Length + draft.Events.Count + (2 * draft.Ended.Count) + draft.FailedConditions.Count + 2);
        all.AddRange(draft.Cells);
        all.AddRange(source);
        all.AddRange(draft.Events.Where(e => e.Kind == EventKind.MeasureEnds).Select(e => e.B).Distinct().Order());
        if (draft.Seen is { } seen)
        {
            foreach (var e in draft.Events.Where(seen).OrderBy(e => e.A)) all.AddRange([(int)e.Kind, e.A, e.B, e.C]);
        }

        all.Add(draft.Ending);
        foreach (var e in draft.Ended.OrderBy(e => e.Quantity).ThenBy(e => e.Clock)) all.AddRange([e.Quantity, e.Clock]);
        all.AddRange(draft.FailedConditions.Distinct().Order());
        all.Add((draft.Stops ? 1 : 0) + (draft.Stays ? 2 : 0));
        numbers = [.. all];
        var code = default(HashCode);
        foreach (int number in numbers) code.Add(number);
        hash = code.ToHashCode();
    }

    public bool Equals(Outcome? other)
    {
        if (other is null || hash != other.hash || violations != other.violations || !numbers.AsSpan().SequenceEqual(other.numbers)) return false;
        for (int i = 0; i < fresh.Length; i++)
            if (!ReferenceEquals(fresh[i], other.fresh[i])) return false;
        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as Outcome);

    public override int GetHashCode() => hash;
}
