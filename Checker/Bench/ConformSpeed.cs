using System.Diagnostics;
using Irekae.Checker.Conformance;
using Irekae.Checker.Conformance.Traces;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Bench;

/// <summary>How fast a long trace is read and followed: switches of <c>specs/conform/tasks.irk</c> as ftrace prints them, drawn at random.</summary>
/// <param name="Seconds">Of processor time, with all times printed to the nanosecond, reading included.</param>
/// <param name="RoundedSeconds">With times rounded to microseconds, so that each may be off by one.</param>
/// <param name="LateSeconds">The same, where the last thousandth is 3 ms late: it is refuted, and what change of a duration would explain it is found.</param>
/// <param name="Memory">The most bytes of managed memory that were in use at any time, and at a tenth of the way.</param>
internal sealed record ConformSpeed(long Events, double Seconds, double RoundedSeconds, double LateSeconds, long Memory, long MemoryEarly)
{
    public const string Name = "conform";

    private const int Lines = 1_000_000, RunAtOnce = 10_000, Late = 3_000_000;

    /// <param name="specs">The folder of the shipped specifications.</param>
    /// <exception cref="InvalidOperationException">The trace of a run does not conform: an error of the program.</exception>
    public static ConformSpeed Measure(string specs, int lines = Lines)
    {
        var spec = Spec.Load(Path.Combine(specs, "conform/tasks.irk"));
        var system = spec.System ?? throw new InvalidOperationException(spec.Diagnostics[0].Message);
        string folder = Directory.CreateTempSubdirectory("irekae-bench").FullName;
        try
        {
            string exact = Path.Combine(folder, "exact.txt"), rounded = Path.Combine(folder, "rounded.txt"), late = Path.Combine(folder, "late.txt");
            Write(system, exact, lines, 9);
            Write(system, rounded, lines, 6);
            Write(system, late, lines, 6, lateFrom: lines - (lines / 1000));
            var (seconds, memory, early) = Follow(system, exact, lines, conforms: true);
            var (roundedSeconds, _, _) = Follow(system, rounded, lines, conforms: true);
            var (lateSeconds, _, _) = Follow(system, late, lines, conforms: false);
            return new ConformSpeed(lines, seconds, roundedSeconds, lateSeconds, memory, early);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>So many switches of a random run, of any length.</summary>
    /// <param name="lateFrom">So many switches are as they should be; then, from the end of a turn of the first process on, all are late.</param>
    public static void Write(BoundSystem bound, string path, int lines, int digits, ulong seed = 1, int lateFrom = int.MaxValue)
    {
        var system = TransitionSystem.Compile(bound, Observation.Nothing);
        using var file = new StreamWriter(path);
        var writing = new FtraceWriting(system, file) { Digits = digits };
        var chooser = new SeededChooser(seed);
        var interpreter = new Interpreter(system);
        long since = 0, late = 0;
        while (writing.Lines < lines)
        {
            int before = interpreter.Count;
            var candidates = interpreter.Candidates();
            if (candidates.IsEmpty) throw new InvalidOperationException("the run has ended");
            var move = candidates[chooser.Move(interpreter, candidates)];
            if (late == 0 && writing.Lines >= lateFrom && system.SituationOf(interpreter.Configuration!, 0).Core >= 0 && system.SituationOf(move.Next, 0).Core < 0) late = Late;
            var step = interpreter.Take(move, Runs.Durations(interpreter, move, chooser));
            writing.Add(move, (system.Tick * (since + step.Instant)) + late);
            if (before < RunAtOnce) continue;
            since += interpreter.Instant;
            interpreter = new Interpreter(system, 1, interpreter.Configuration!, interpreter.Values);
        }
    }

    private static (double Seconds, long Memory, long Early) Follow(BoundSystem system, string path, int lines, bool conforms)
    {
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var mapping = Mapping.Empty with { Threads = Mapping.OwnThreads(system) };
        var (format, records) = TraceFile.Open(path, null);
        long resolution = TraceFile.ResolutionOf(path, format);
        var observing = new Observing(path, system, mapping);
        var options = new ConformanceOptions([], Explore.Limits.None, ConformanceOptions.UsualWindow, conforms ? null : ConformanceOptions.UsualForChanges);
        long memory = 0, early = 0;
        var result = new Conforming(system, mapping, observing.Of(records), () => (observing.Records, observing.Shown), (resolution, resolution), options, CancellationToken.None).Decide(met =>
        {
            memory = Math.Max(memory, GC.GetTotalMemory(false));
            if (met < lines / 10) early = memory;
        });
        if (conforms && result is not ConformanceResult.Conforms) throw new InvalidOperationException("a trace of a run does not conform to its own specification");
        if (!conforms && result is not ConformanceResult.Refuted { Changes: [_, ..] }) throw new InvalidOperationException("a trace that is late is not refuted, or no change of a duration explains it");
        return ((Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds, memory, early);
    }
}
