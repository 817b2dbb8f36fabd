using Irekae.Model.Binding;
using Irekae.Model.Semantics.Program;

namespace Irekae.Model.Semantics;

/// <summary>Events in words.</summary>
public sealed partial class TransitionSystem
{
    /// <summary>An event in words: <c>rs calls ds.store</c>.</summary>
    public string Describe(Event e)
    {
        string Actor(int index) => System.Actors[index].Name;
        string Message(int endpoint, int message) => $"{System.Endpoints[endpoint].Name}.{System.Messages[message].Name}";
        return e.Kind switch
        {
            EventKind.Fires => Firing(Timers[e.A]),
            EventKind.Dispatched => System.Machine.Cores == 1 ? $"{Actor(e.A)} runs" : $"{Actor(e.A)} runs on core {e.B}",
            EventKind.Preempted => $"{Actor(e.A)} is preempted",
            EventKind.SliceEnds => $"the slice of {Actor(e.A)} ends",
            EventKind.Blocks => $"{Actor(e.A)} {Waits((Status)e.B)}",
            EventKind.Ready => $"{Actor(e.A)} is ready",
            EventKind.Calls => $"{Actor(e.A)} calls {Message(e.B, e.C)}",
            EventKind.Sends => $"{Actor(e.A)} sends {Message(e.B, e.C)}",
            EventKind.Notifies => $"{Actor(e.A)} notifies {Message(e.B, e.C)}",
            EventKind.Takes => $"{Actor(e.A)} takes {Message(e.B, e.C)}",
            EventKind.Replies => $"{Actor(e.A)} replies to {Actor(e.B)}",
            EventKind.Refused => $"{Message(e.B, e.C)} of {Actor(e.A)} is refused",
            EventKind.Lost => $"{Message(e.A, e.B)} of {Actor(e.C)} is lost",
            EventKind.Dropped => $"{Message(e.A, e.B)} is dropped",
            EventKind.Spawned => $"{Actor(e.B)} spawns {Actor(e.A)}",
            EventKind.StartedUp => $"{Actor(e.B)} starts {Actor(e.A)}",
            EventKind.Killed => $"{Actor(e.B)} kills {Actor(e.A)}",
            EventKind.Crashed => $"{Actor(e.A)} crashes",
            EventKind.Bound => $"{Actor(e.C)} binds {System.Endpoints[e.A].Name} to {(e.B < 0 ? "nobody" : Actor(e.B))}",
            EventKind.Locked => $"{Actor(e.A)} locks {System.Mutexes[e.B].Name}",
            EventKind.Unlocked => $"{Actor(e.A)} unlocks {System.Mutexes[e.B].Name}",
            EventKind.MeasureBegins => $"{System.Measures[e.B].Name} begins in {Actor(e.A)}",
            EventKind.MeasureEnds => $"{System.Measures[e.B].Name} ends in {Actor(e.A)}",
            EventKind.Marks => $"{Actor(e.A)} passes {System.Marks[e.B].Name}",
            EventKind.Arrives => $"a job of {Actor(e.A)} arrives",
            EventKind.Released => $"a job of {Actor(e.A)} is released",
            EventKind.JobEnds => $"the job of {Actor(e.A)} ends",
            EventKind.Ends => $"{Actor(e.A)} ends",
            EventKind.Assigns => $"{System.Variables[e.B].Name} = {ValueName(System.Variables[e.B].Type, e.C)}",
            EventKind.Chooses => $"{Actor(e.A)} chooses alternative {e.B + 1}",
        };
    }

    /// <summary>A value as the spec writes it.</summary>
    public static string ValueName(DataType type, int value) => type switch
    {
        DataType.Bool => value != 0 ? "true" : "false",
        DataType.Token t when value >= 0 && value < t.Values.Length => t.Values[value],
        _ => value.ToString(global::System.Globalization.CultureInfo.InvariantCulture),
    };

    private string Firing(TimerInfo timer) => timer.Kind switch
    {
        TimerKind.Work => $"{System.Actors[timer.Subject].Name} has done its work",
        TimerKind.Wait => $"{System.Actors[timer.Subject].Name} has waited",
        TimerKind.Slice => $"{System.Actors[timer.Subject].Name} has used up its slice",
        TimerKind.Arrival => $"{System.Actors[timer.Subject].Name}: time of an arrival",
        TimerKind.Jitter => $"{System.Actors[timer.Subject].Name}: jitter over",
        TimerKind.Switch => $"core {timer.Subject} has switched",
        TimerKind.Fault => $"fault {timer.Name}",
        TimerKind.Parameter or TimerKind.Clock => timer.Name,
    };

    private static string Waits(Status status) => status switch
    {
        Status.InCall => "waits for an answer",
        Status.InLock => "waits for a mutex",
        Status.InAwait => "waits for a condition",
        Status.InReceive => "waits for a message",
        Status.Timed => "waits",
        Status.Idle or Status.Runnable => "stops",
    };
}
