using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Semantics.Program;

namespace Irekae.Model.Semantics;

/// <summary>
/// After a timer has fired, everything that takes no time follows, in this order, until nothing can act without time:
/// conditions that are awaited are looked at; cores are given out (under <c>ties batch</c> only when it is the scheduler's turn);
/// a device that can act, or a process that holds a core, does one step (under <c>ties batch</c> a process only when no device can act).
/// A process whose work is used up is not preempted before it has ended it: left the sections it was in, replied, ended its measures or its job.
/// Where simultaneous events come in any order that is a choice before each of these steps.
/// </summary>
/// <remarks>
/// The meaning is every order: whenever several could do a step, each is a choice (<see cref="CompilePlainly"/>). Three theorems let fewer be followed.
/// What counts of an order is what can be seen of it: the configuration at rest, where the values of its timers come from, what ended, what was violated,
/// which conditions failed, which measures ended (<see cref="Outcome"/>).
/// <para>
/// Equal outcomes. What follows from a draft is a function of its <see cref="Outcome"/>; so of drafts with equal outcomes one is followed. (The number of
/// steps, the choices and the trace are in none: they name an order. A draft equal to one it came of shows that time stops.)
/// </para>
/// <para>
/// Silent steps. A silent step of A reads and writes only the place of A, its counters of rounds, and work that begins (of a device: all that is its own,
/// <see cref="SilentSteps"/>). Nobody else reads those, and what is awaited and who gets a core does not depend on them. So if b is a step of another, either A
/// can still act after b, and the two commute; or b costs A its core or its life, and b alone leads to the same as both but for the place of A (not A's any
/// more, or where A will go on with the same step) and for work that has its whole interval before it, which is as free as work that has not begun; or b stops
/// the run, of which nothing more is seen than what has ended and what is violated. By
/// induction on its length, every order that leads to rest has one that begins with the silent step and is seen as the same; so where somebody's
/// next step is silent, it alone is followed. Orders that do not lead to rest are those where somebody goes round silently for ever: time stops, and that is said.
/// </para>
/// <para>
/// Going on early. Whether A, whose work has ended, may be preempted is read only where cores are given out and where its used-up slice is given up. As long
/// as neither would come out differently, going on now and going on later lead to drafts that differ in nothing else; at the last step of the end they
/// are equal. So that choice is offered only where it makes a difference.
/// </para>
/// </remarks>
public sealed partial class TransitionSystem
{
    private const int StepLimit = 4_000;

    /// <summary>
    /// The choice, where simultaneous events come in any order, that work which has ended may be preempted before its end is complete, plus how often it
    /// might have been before. That it may not is no choice, so that a move is named the same as where that is the rule. No actor and no alternative has this
    /// number.
    /// </summary>
    internal const int GoesOnEarly = 1 << 16;

    /// <summary>Value of the scheduler's turn cell where a run has been stopped by a violation.</summary>
    private const int Stopped = 2;

    private List<Move> Finish(int timer, bool immediate, ImmutableArray<int> strictlyBefore, Draft draft, bool schedulerTurn, Orders orders)
    {
        var moves = new List<Move>();
        var open = new Stack<Draft>();
        draft.Cells[layout.SchedulerTurn] = 0;
        open.Push(draft);
        orders.Begin();
        for (bool first = true; open.TryPop(out var next); first = false)
        {
            if (!(first || orders.Follows(next)) || !Settle(next, open, schedulerTurn) || !orders.Ends(next)) continue;
            moves.Add(ToMove(timer, immediate, strictlyBefore, next));
            // Where time stops there may be endlessly many orders; one shows it, and says that the others were not followed.
            if (next.Steps > StepLimit) break;
        }

        return moves;
    }

    /// <summary>Brings the draft to rest; false when it was replaced by the alternatives it pushed.</summary>
    private bool Settle(Draft d, Stack<Draft> open, bool schedulerTurn)
    {
        bool batch = ties == Ties.Batch && !schedulerTurn;
        while (!d.Stops)
        {
            if (++d.Steps > StepLimit)
            {
                Violate(d, ViolationKind.TimeStops, $"more than {StepLimit} steps in no time", null);
                d.Stops = true;
                break;
            }

            d.Doing = null;
            if (d.Ending >= 0)
            {
                // The next round and the end of the end are no steps of their own: nobody comes between.
                var next = At(d, d.Ending);
                if (next is { EndsWork: true, Silent: true })
                {
                    if (!Act(d, d.Ending, open)) return false;
                    continue;
                }

                if (!next.EndsWork) GoOn(d, d.Ending);
            }

            WakeAwaiting(d);
            if (MayGoOnEarly(d))
            {
                Branch(d, open, 2, (copy, early) =>
                {
                    if (early == 0)
                    {
                        copy.Stays = true;
                        copy.TimesStayed++;
                        return;
                    }

                    copy.Choices.Add(GoesOnEarly + copy.TimesStayed);
                    GoOn(copy, copy.Ending);
                });
                return false;
            }

            if (!batch) GiveOutCores(d);
            switch (NextActor(d, open, batch && WouldGiveOutCores(d)))
            {
                case -1:
                    if (batch && WouldGiveOutCores(d)) d.Cells[layout.SchedulerTurn] = 1;
                    return true;
                case -2:
                    return false;
                case var actor:
                    if (!Act(d, actor, open)) return false;
                    break;
            }
        }

        d.Cells[layout.SchedulerTurn] = Stopped;
        return true;
    }

    /// <summary>
    /// Who is to do a step without time; −1 when nobody can, −2 when every order has been pushed.
    /// Where the scheduler's turn is to come, nobody enters a section before it that would keep others off the core.
    /// </summary>
    private int NextActor(Draft d, Stack<Draft> open, bool turnToCome)
    {
        Span<int> able = stackalloc int[devices.Length + System.Machine.Cores];
        int count = 0;
        foreach (int device in devices)
            if (d.Cells[layout.Of(device, Layout.Life)] == (int)Life.Active && d.Cells[layout.Of(device, Layout.Status)] == (int)Status.Runnable)
                able[count++] = device;
        bool devicesAct = count > 0 && ties == Ties.Batch;
        for (int core = 0; core < System.Machine.Cores && !devicesAct; core++)
            if (CanStep(d, core, turnToCome) is >= 0 and var actor)
                able[count++] = actor;
        if (count <= 1) return count == 0 ? -1 : able[0];
        foreach (int actor in able[..count])
            if (IsSilent(d, actor)) return actor;
        for (int k = count - 1; k >= 0; k--)
        {
            var copy = d.Copy();
            copy.Choices.Add(able[k]);
            if (Act(copy, able[k], open)) open.Push(copy);
        }

        return -2;
    }

    /// <summary>Whether the actor's next step may be done at once, whatever others are about to do.</summary>
    private bool IsSilent(Draft d, int actor)
    {
        if (plainly is not null) return false;
        if (silent[actor][d.Cells[layout.Of(actor, Layout.Pc)]]) return true;
        // A device has no core to lose: that it begins to wait is nobody's business. One that waits for a message and gets it is where it was.
        return System.Actors[actor].Kind == ActorKind.Device && At(d, actor).Op == Op.Receive && BestMessage(d, actor, out _) < 0;
    }

    /// <summary>The process on the core if it has something to do that takes no time, else −1.</summary>
    private int CanStep(Draft d, int core, bool turnToCome)
    {
        int actor = d.Cells[layout.Running + core] - 1;
        if (actor < 0 || d.Cells[layout.Switching + core] != 0 || d.IsAlive(timers.Of(TimerKind.Work, actor))) return -1;
        return turnToCome && At(d, actor).Op is (Op.EnterNonPreemptive or Op.Lock) ? -1 : actor;
    }

    /// <summary>One step without time; false when the draft was replaced by alternatives that were pushed.</summary>
    private bool Act(Draft d, int actor, Stack<Draft> open)
    {
        d.Stays = false;
        return Step(d, actor, open);
    }

    /// <summary>Whether it makes a difference if the actor whose work has ended is taken to go on already, and has not been settled.</summary>
    private bool MayGoOnEarly(Draft d)
    {
        if (ties != Ties.Any || d.Ending < 0 || d.Stays || !At(d, d.Ending).EndsWork) return false;
        int actor = d.Ending;
        if (plainly is not null || d.Cells[layout.Of(actor, Layout.Expired)] != 0) return true;
        d.Ending = -1;
        bool preempted = WouldGiveOutCores(d);
        d.Ending = actor;
        return preempted;
    }

    /// <summary>The actor's work has ended for good. A slice that ended in a section it has left is now given up.</summary>
    private void GoOn(Draft d, int actor)
    {
        d.Ending = -1;
        if (d.Cells[layout.Of(actor, Layout.Sections)] == 0) GiveUpExpiredSlice(d, actor);
    }

    /// <summary>What the actor does next.</summary>
    private Instruction At(Draft d, int actor) => code[actor][d.Cells[layout.Of(actor, Layout.Pc)]];

    private Move ToMove(int timer, bool immediate, ImmutableArray<int> strictlyBefore, Draft d)
    {
        int count = 0;
        for (int i = 0; i < Timers.Length; i++)
            if (d.Cells[i] != 0) count++;
        var alive = new int[count];
        var rates = new TimerRate[count];
        var sources = ImmutableArray.CreateBuilder<int>(count);
        for (int i = 0, k = 0; i < Timers.Length; i++)
        {
            if (d.Cells[i] == 0) continue;
            alive[k] = i;
            rates[k++] = RateOf(d, i);
            sources.Add(d.SourceOf(i));
        }

        var next = new Configuration(d.Cells, alive, rates, Timers.Length);
        return new Move(timer, immediate, strictlyBefore, next, sources.MoveToImmutable(), d.Started(alive), [.. d.Ended], [.. d.Events],
            [.. d.Choices], [.. d.Violations], [.. d.FailedConditions.Distinct()], d.Stops);
    }

    private TimerRate RateOf(Draft d, int timer)
    {
        var info = Timers[timer];
        return info.Kind switch
        {
            TimerKind.Parameter => TimerRate.Frozen,
            TimerKind.Clock => TimerRate.Up,
            TimerKind.Work or TimerKind.Slice => HoldsCore(d, info.Subject) ? TimerRate.Down : TimerRate.Frozen,
            _ => TimerRate.Down,
        };
    }

    private bool HoldsCore(Draft d, int actor)
    {
        int core = CoreOf(d, actor);
        return core >= 0 && d.Cells[layout.Switching + core] == 0;
    }

    private int CoreOf(Draft d, int actor)
    {
        for (int core = 0; core < System.Machine.Cores; core++)
            if (d.Cells[layout.Running + core] == actor + 1) return core;
        return -1;
    }

    private static void Violate(Draft d, ViolationKind kind, string text, Text.SourceSpan? span) => d.Violations.Add(new Violation(kind, text, span));
}
