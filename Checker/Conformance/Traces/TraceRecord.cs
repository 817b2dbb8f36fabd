namespace Irekae.Checker.Conformance.Traces;

/// <summary>A thread as a trace names it.</summary>
/// <param name="Id">Its number; −1: the trace gives none.</param>
public sealed record TraceThread(string Name, long Id)
{
    public override string ToString() => Id < 0 ? Name : $"{Name}:{Id}";
}

/// <summary>One line of a trace, whatever the format.</summary>
/// <param name="Line">From 1; of formats without lines the number of the event.</param>
/// <param name="Time">Nanoseconds on the trace's own clock.</param>
/// <param name="Cpu">−1: not said.</param>
/// <param name="Event">A switch is called <see cref="Switch"/> in every format.</param>
/// <param name="From">Of a switch: who leaves the processor; null: not said.</param>
/// <param name="To">Of a switch: who gets it. Of another event: who it happens to, or who does it.</param>
public readonly record struct TraceRecord(long Line, long Time, int Cpu, string Event, TraceThread? From, TraceThread? To)
{
    public const string Switch = "sched_switch";

    public bool IsSwitch => ReferenceEquals(Event, Switch) || Event == Switch;
}

/// <summary>A trace, or a mapping, that cannot be used. The message says where and what to do.</summary>
public sealed class TraceException(string path, long line, string message) : Exception(line > 0 ? $"{path}:{line}: {message}" : $"{path}: {message}");
