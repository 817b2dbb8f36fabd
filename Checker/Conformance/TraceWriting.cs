using System.Globalization;
using Irekae.Checker.Conformance.Traces;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Conformance;

/// <summary>
/// A run as a trace, move by move: who gets a core when, and every event that a mapping can name. Times are whole nanoseconds; what is finer is cut off.
/// </summary>
internal abstract class TraceWriting
{
    private readonly TransitionSystem system;
    private readonly TextWriter output;
    private readonly int[] occupants;

    protected TraceWriting(TransitionSystem system, TextWriter output, string head)
    {
        (this.system, this.output) = (system, output);
        occupants = [.. Enumerable.Repeat(-1, system.System.Machine.Cores)];
        output.Write(head);
    }

    /// <summary>Lines written, without the head.</summary>
    public long Lines { get; private set; }

    public static string Csv(Run run)
    {
        var text = new StringWriter();
        var writing = new CsvWriting(run.System, text);
        foreach (var step in run.Steps) writing.Add(step.Move, run.Nanoseconds(step.Instant));
        return text.ToString();
    }

    /// <param name="nanoseconds">When, from the beginning.</param>
    public void Add(Move move, Rational nanoseconds)
    {
        long time = (long)nanoseconds.Floor();
        foreach (var e in move.Events)
            if (Patterns.Text(e, system.System) is { } text) Event(time, e, text);

        int[] now = Graph.Occupants(system, move.Next, system.System.Actors.Select(actor => actor.Index));
        for (int core = 0; core < now.Length; core++)
        {
            if (now[core] == occupants[core]) continue;
            Switch(time, core, occupants[core], now[core]);
            occupants[core] = now[core];
        }
    }

    protected abstract void Event(long time, Event e, string text);

    /// <param name="from">−1: nobody.</param>
    protected abstract void Switch(long time, int core, int from, int to);

    protected void Line(string text)
    {
        output.Write(text);
        output.Write('\n');
        Lines++;
    }

    protected string Name(int actor) => actor < 0 ? "" : system.System.Actors[actor].Name;

    protected static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>As <see cref="CsvTrace"/> reads it, with the specification's own names.</summary>
internal sealed class CsvWriting(TransitionSystem system, TextWriter output) : TraceWriting(system, output, "time_ns,event,core,from,to,thread\n")
{
    protected override void Event(long time, Event e, string name) => Line($"{Text(time)},{name},,,,{Name(e.A)}");

    protected override void Switch(long time, int core, int from, int to) => Line($"{Text(time)},switch,{Text(core)},{Name(from)},{Name(to)},");
}

/// <summary>Switches alone, as the kernel's event tracing prints them with nanoseconds.</summary>
internal sealed class FtraceWriting(TransitionSystem system, TextWriter output) : TraceWriting(system, output, "# tracer: nop\n#\n#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION\n")
{
    /// <summary>Digits behind the point of a second: 9, or 6 as the kernel rounds them.</summary>
    public int Digits { get; init; } = 9;

    protected override void Event(long time, Event e, string name) { }

    protected override void Switch(long time, int core, int from, int to)
    {
        string stamp = Digits == 9 ? $"{Text(time / 1_000_000_000)}.{time % 1_000_000_000:D9}" : $"{Text((time + 500) / 1_000_000_000)}.{(time + 500) / 1000 % 1_000_000:D6}";
        Line($"{Comm(from, core),16}-{Text(from + 1),-7} [{core:D3}] d..2. {stamp,16}: sched_switch: prev_comm={Comm(from, core)} prev_pid={Text(from + 1)} prev_prio=120 prev_state=S ==> next_comm={Comm(to, core)} next_pid={Text(to + 1)} next_prio=120");
    }

    private string Comm(int actor, int core) => actor < 0 ? $"swapper/{Text(core)}" : Name(actor);
}
