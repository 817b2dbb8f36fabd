using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Properties.Laws;

/// <summary>
/// No event tells of sections that nobody may preempt. Where a process works can be told by how long the work may take, when all that may take as long
/// stands inside such sections, or all outside.
/// </summary>
internal sealed partial class Account
{
    private readonly Dictionary<(int Actor, TickInterval Interval), bool?> places = [];
    private readonly Dictionary<int, (int Timer, bool? InSection)> works = [];
    private readonly HashSet<int> atWork = [];
    private bool[]? sectioned;

    /// <summary>
    /// Whether the process stands in a section that nobody may preempt; null: not known. Between two works of one instant it may have entered one.
    /// </summary>
    public bool? InSection(int actor) =>
        Spec.Actors[actor].NonPreemptive ? true
        : !HasSections(actor) ? false
        : works.TryGetValue(actor, out var work) && atWork.Contains(actor) ? work.InSection
        : null;

    public bool HasSections(int actor) =>
        (sectioned ??= [.. Spec.Actors.Select(a => a.Body.WithDescendants().Any(s => s is BoundStatement.NonPreemptive))])[actor];

    /// <summary>The timer of its work, or −1: it has begun none.</summary>
    public int WorkOf(int actor) => works.TryGetValue(actor, out var work) ? work.Timer : -1;

    /// <summary>Who has just done its work may go on into a section.</summary>
    private void LeaveWork()
    {
        if (Fired >= 0 && System.Timers[Fired] is { Kind: TimerKind.Work } timer) atWork.Remove(timer.Subject);
    }

    private void LearnSections(Move move)
    {
        foreach (var started in move.Started)
        {
            if (System.Timers[started.Timer] is not { Kind: TimerKind.Work } timer) continue;
            if (!places.TryGetValue((timer.Subject, started.Interval), out bool? place)) places[(timer.Subject, started.Interval)] = place = Place(timer.Subject, started.Interval);
            works[timer.Subject] = (timer.Id, place);
        }

        atWork.Clear();
        foreach (int timer in move.Next.Timers)
            if (System.Timers[timer].Kind == TimerKind.Work) atWork.Add(System.Timers[timer].Subject);
    }

    private bool? Place(int actor, TickInterval interval)
    {
        var body = Spec.Actors[actor].Body;
        var inside = body.WithDescendants().OfType<BoundStatement.NonPreemptive>().SelectMany(s => s.Body.WithDescendants()).ToHashSet<object>(ReferenceEqualityComparer.Instance);
        if (inside.Count == 0) return false;
        var possible = body.WithDescendants().OfType<BoundStatement.Run>().Where(r => MayBe(r.Duration, interval)).Select(inside.Contains).Distinct().ToList();
        return possible is [var only] ? only : null;
    }

    private bool MayBe(Interval text, TickInterval interval) =>
        !text.Low.IsConstant || text.High is not { IsConstant: true } high || !interval.Low.IsConstant || interval.High is not { IsConstant: true } end
        || (text.Low.Constant == System.Tick * interval.Low.Constant && high.Constant == System.Tick * end.Constant);
}
