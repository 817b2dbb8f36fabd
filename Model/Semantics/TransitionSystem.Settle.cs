using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Semantics.Program;

namespace Irekae.Model.Semantics;

/// <summary>
/// After a timer has fired, everything that takes no time follows, in this order, until nothing can act without time:
/// conditions that are awaited are looked at; cores are given out (under <c>ties batch</c> only when it is the scheduler's turn);
/// a device that can act does, the first in the order of the spec; a process that holds a core does one step.
/// A process whose work is used up is not preempted before it has ended it: left the sections it was in, replied, ended its measures or its job.
/// Where simultaneous events come in any order that is a choice before each of these steps.
/// When processes on several cores could do a step, every order is followed: that is a choice, unless the step is silent.
/// </summary>
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

            if (d.Ending >= 0 && ties == Ties.Any && IsSilent(d, d.Ending))
            {
                if (!Act(d, d.Ending, open)) return false;
                continue;
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
            int device = FirstDevice(d);
            if (device >= 0)
            {
                if (!Act(d, device, open)) return false;
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
                    if (!Act(d, actor, open)) return false;
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
            if (IsSilent(d, actor)) return actor;
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
            if (Act(copy, actor, open)) open.Push(copy);
        }

        return -2;
    }

    /// <summary>Whether the actor's next step may be done at once, whatever other cores are about to do.</summary>
    private bool IsSilent(Draft d, int actor)
    {
        var next = At(d, actor);
        return next.Silent && plainly is null && (d.Ending != actor || next.EndsWork);
    }

    /// <summary>The process on the core if it has something to do that takes no time, else −1.</summary>
    private int CanStep(Draft d, int core, bool turnToCome)
    {
        int actor = d.Cells[layout.Running + core] - 1;
        if (actor < 0 || d.Cells[layout.Switching + core] != 0 || d.IsAlive(timers.Of(TimerKind.Work, actor))) return -1;
        return turnToCome && At(d, actor).Op is (Op.EnterNonPreemptive or Op.Lock) ? -1 : actor;
    }

    /// <summary>One step without time, of which going on from work that has ended is one; false when the draft was replaced by alternatives that were pushed.</summary>
    private bool Act(Draft d, int actor, Stack<Draft> open)
    {
        d.Stays = false;
        if (d.Ending != actor || At(d, actor).EndsWork) return Step(d, actor, open);
        GoOn(d, actor);
        return true;
    }

    /// <summary>Whether it makes a difference if the actor whose work has ended is taken to go on already, and has not been settled.</summary>
    private bool MayGoOnEarly(Draft d)
    {
        if (ties != Ties.Any || d.Ending < 0 || d.Stays || !At(d, d.Ending).EndsWork) return false;
        int actor = d.Ending;
        if (d.Cells[layout.Of(actor, Layout.Expired)] != 0) return true;
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
