using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Semantics.Program;

namespace Irekae.Model.Semantics;

/// <summary>
/// After a timer has fired, everything that takes no time follows, in this order, until nothing can act without time:
/// conditions that are awaited are looked at; cores are given out (under <c>ties batch</c> only when it is the scheduler's turn);
/// a device that can act does, the first in the order of the spec; a process that holds a core does one step.
/// Unless simultaneous events come in any order, a process whose work is used up is not preempted before it has ended it: left the sections it was in,
/// replied, ended its measures or its job.
/// When processes on several cores could do a step that others can see, every order is followed: that is a choice.
/// </summary>
public sealed partial class TransitionSystem
{
    private const int StepLimit = 4_000;
    private const int OutcomeLimit = 4_096;

    /// <summary>Value of the scheduler's turn cell where a run has been stopped by a violation.</summary>
    private const int Stopped = 2;

    private List<Move> Finish(int timer, bool immediate, ImmutableArray<int> strictlyBefore, Draft draft, bool schedulerTurn)
    {
        var moves = new List<Move>();
        var open = new Stack<Draft>();
        draft.Cells[layout.SchedulerTurn] = 0;
        open.Push(draft);
        var met = new HashSet<Outcome>();
        while (open.TryPop(out var next))
        {
            if (next != draft && !met.Add(next.Outcome())) continue;
            if (moves.Count >= OutcomeLimit)
                throw new OverflowException($"more than {OutcomeLimit} orders of simultaneous steps in one move");
            if (!Settle(next, open, schedulerTurn)) continue;
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

            WakeAwaiting(d);
            if (!batch) GiveOutCores(d);
            int device = FirstDevice(d);
            if (device >= 0)
            {
                if (!Step(d, device, open)) return false;
                continue;
            }

            switch (NextProcess(d, open, batch && WouldGiveOutCores(d)))
            {
                case -1:
                    if (batch && WouldGiveOutCores(d)) d.Cells[layout.SchedulerTurn] = 1;
                    return true;
                case -2:
                    return false;
                case var actor:
                    if (d.Ending == actor && !At(d, actor).EndsWork) GoOn(d, actor);
                    else if (!Step(d, actor, open)) return false;
                    break;
            }
        }

        d.Cells[layout.SchedulerTurn] = Stopped;
        return true;
    }

    private int FirstDevice(Draft d)
    {
        foreach (var actor in System.Actors)
            if (actor.Kind == ActorKind.Device && d.Cells[layout.Of(actor.Index, Layout.Life)] == (int)Life.Active
                && d.Cells[layout.Of(actor.Index, Layout.Status)] == (int)Status.Runnable)
                return actor.Index;
        return -1;
    }

    /// <summary>
    /// The process whose turn it is to do a step without time; −1 when there is none, −2 when every order has been pushed.
    /// Where the scheduler's turn is to come, nobody enters a section before it that would keep others off the core.
    /// </summary>
    private int NextProcess(Draft d, Stack<Draft> open, bool turnToCome)
    {
        int first = -1, count = 0;
        for (int core = 0; core < System.Machine.Cores; core++)
        {
            int actor = CanStep(d, core, turnToCome);
            if (actor < 0) continue;
            if (!At(d, actor).Visible) return actor;
            if (first < 0) first = actor;
            count++;
        }

        if (count <= 1) return first;
        for (int core = System.Machine.Cores - 1; core >= 0; core--)
        {
            int actor = CanStep(d, core, turnToCome);
            if (actor < 0) continue;
            var copy = d.Copy();
            copy.Choices.Add(actor);
            if (copy.Ending == actor && !At(copy, actor).EndsWork)
            {
                GoOn(copy, actor);
                open.Push(copy);
            }
            else if (Step(copy, actor, open))
            {
                open.Push(copy);
            }
        }

        return -2;
    }

    /// <summary>The process on the core if it has something to do that takes no time, else −1.</summary>
    private int CanStep(Draft d, int core, bool turnToCome)
    {
        int actor = d.Cells[layout.Running + core] - 1;
        if (actor < 0 || d.Cells[layout.Switching + core] != 0 || d.IsAlive(timers.Of(TimerKind.Work, actor))) return -1;
        return turnToCome && At(d, actor).Op is (Op.EnterNonPreemptive or Op.Lock) ? -1 : actor;
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
