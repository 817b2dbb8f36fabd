using System.Collections.Immutable;
using System.CommandLine;
using Irekae.Checker.Conformance;
using Irekae.Checker.Conformance.Traces;
using Irekae.Checker.Explore;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Spectre.Console;

namespace Irekae.Checker.Cli;

/// <summary>What was asked of <c>conform</c>, for its report.</summary>
internal sealed record Conformed(SpecFile Spec, string? Variant, string Trace, TraceFormat Format, string? Mapping, BoundSystem System, ConformanceResult Result, ConformanceCount Count, ImmutableArray<string> Unmapped)
{
    /// <summary>The line of the trace on which something was shown, of a place in what it shows.</summary>
    public required Func<long, long> LineOf { get; init; }
}

/// <summary><c>irekae conform FILE --trace TRACE</c>: whether a recorded trace is one of a run of the specification.</summary>
internal static class ConformCommand
{
    private const int MostUnmapped = 8;

    public static Command Create(Terminal terminal, CancellationToken cancel)
    {
        var file = SpecFile.One();
        var trace = new Option<string>("--trace") { Description = "What was recorded: a table, or the text of ftrace, trace-cmd report, perf sched script or babeltrace, or Chrome's JSON; gzip is unpacked.", HelpName = "TRACE", Required = true };
        var mapping = new Option<string?>("--mapping") { Description = "What its names mean (docs/conform.md); without it they are those of the specification.", HelpName = "JSON" };
        var format = new Option<string?>("--format") { Description = "The trace's format. [default: as it looks]", HelpName = "csv|ftrace|babeltrace|chrome" }.AcceptOnlyFromAmong("csv", "ftrace", "perf", "trace-cmd", "babeltrace", "chrome");
        var variant = new Option<string?>("--variant") { Description = "Of this variant.", HelpName = "NAME" };
        var faults = new Option<string[]>("--fault") { Description = "With this fault, which may have happened. May be repeated.", HelpName = "NAME" };
        var window = new Option<int>("--window") { Description = "Events of which a run is shown, at least: of a longer trace, the last.", HelpName = "N", DefaultValueFactory = _ => ConformanceOptions.UsualWindow };
        var noChanges = new Option<bool>("--no-changes") { Description = "Do not look for changes of durations that would explain it." };
        var timeLimit = Amounts.Time("--time-limit", "Stop after this time, such as 30s.");
        var memoryLimit = Amounts.Memory("--memory-limit", "Stop when more memory than this is in use, such as 2G. [default: half of the machine's]");
        var stateLimit = new Option<long?>("--state-limit") { Description = "Stop after so many states.", HelpName = "N" };
        var set = Settings.Option();
        var output = new Option<string?>("--output", "-o") { Description = "Save the run that was found; timeline --run and run --replay show it.", HelpName = "RUN" };
        var json = JsonReport.Option();
        window.FromOne();
        stateLimit.FromOne();
        var command = new Command("conform", "Decide whether a recorded trace is one of a run of a specification.")
        {
            file, trace, mapping, format, variant, faults, set, window, noChanges, timeLimit, memoryLimit, stateLimit, output, json,
        };
        command.SetAction(result =>
        {
            var spec = SpecFile.Load(result.GetRequiredValue(file));
            spec.WriteDiagnostics(terminal);
            if (spec.HasErrors) return ExitCode.BadInput;
            if (Settings.Apply(spec, result.GetValue(set) ?? [], terminal) is not { } changed) return ExitCode.BadInput;
            if (!ReferenceEquals(changed, spec)) changed.WriteDiagnostics(terminal);
            if (changed.HasErrors) return ExitCode.BadInput;
            spec = changed;
            string? chosen = result.GetValue(variant);
            if (spec.FindSystem(chosen) is not { } system) return Refuse(terminal, Patterns.NoSuch("variant", chosen!, spec.SystemOf(null).Variants));
            var on = ImmutableArray.CreateBuilder<Fault>();
            foreach (string name in result.GetValue(faults) ?? [])
            {
                if (system.Faults.FirstOrDefault(fault => fault.Name == name) is not { } fault) return Refuse(terminal, Patterns.NoSuch("fault", name, system.Faults.Select(f => f.Name)));
                on.Add(fault);
            }

            var limits = new Limits(
                result.GetValue(timeLimit) is { } time ? Amounts.TimeSpan(time) : null,
                result.GetValue(stateLimit),
                result.GetValue(memoryLimit) is { } memory ? Amounts.Whole(memory) : null);
            var options = new ConformanceOptions(on.ToImmutable(), limits, result.GetValue(window), result.GetValue(noChanges) ? null : ConformanceOptions.UsualForChanges);
            TraceFormat? known = result.GetValue(format) switch
            {
                null => null,
                "perf" or "trace-cmd" => TraceFormat.Ftrace,
                var word => Enum.Parse<TraceFormat>(word, ignoreCase: true),
            };
            try
            {
                if (Decide(spec, chosen, system, result.GetRequiredValue(trace), result.GetValue(mapping), known, options, terminal, cancel) is not { } answer) return ExitCode.BadInput;
                if (result.GetValue(json)) ConformReport.WriteJson(terminal.Out, answer);
                else ConformReport.Write(terminal, answer);
                if (result.GetValue(output) is { } path && !Save(path, answer, terminal)) return ExitCode.BadInput;
                return answer.Result switch { ConformanceResult.Conforms => ExitCode.Proved, ConformanceResult.Refuted => ExitCode.Refuted, _ => ExitCode.Unknown };
            }
            catch (TraceException wrong)
            {
                return Refuse(terminal, wrong.Message);
            }
        });
        return command;
    }

    /// <summary>Null: what is wrong has been said.</summary>
    private static Conformed? Decide(SpecFile spec, string? variant, BoundSystem system, string trace, string? mappingPath, TraceFormat? known, ConformanceOptions options, Terminal terminal, CancellationToken cancel)
    {
        var mapping = Mapping.Empty;
        if (mappingPath is not null)
        {
            var (read, mistakes) = MappingFile.Read(mappingPath, system);
            foreach (string mistake in mistakes) terminal.Error.WriteLine(mistake);
            if (read is null) return null;
            mapping = read;
        }

        if (mapping.HasNoNames)
        {
            mapping = mapping.WithOwnNames(system, TraceFile.Open(trace, known, _ => cancel.ThrowIfCancellationRequested()).Records);
            if (mapping.Threads.IsEmpty && mapping.Events.Values.All(pattern => pattern is null))
            {
                Refuse(terminal, $"{trace}: none of its events has a name of the specification: say with --mapping what they are");
                return null;
            }
        }

        return Live(terminal, trace, progress =>
        {
            var (format, records) = TraceFile.Open(trace, known, read =>
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Invoke(read);
            });
            long plain = TraceFile.ResolutionOf(trace, format);
            var observing = new Observing(trace, system, mapping);
            var conforming = new Conforming(system, mapping, observing.Of(records), () => (observing.Records, observing.Shown), mapping.Resolution ?? (plain, plain), options, cancel);
            var result = conforming.Decide();
            return new Conformed(spec, variant, trace, format, mappingPath, system, result, conforming.Count, [.. observing.Unknown.Order(StringComparer.Ordinal).Take(MostUnmapped)]) { LineOf = conforming.LineOf };
        });
    }

    private static bool Save(string path, Conformed answer, Terminal terminal)
    {
        if (answer.Result is not ConformanceResult.Conforms { Witness: { } witness })
        {
            terminal.Error.WriteLine("there is no run to save");
            return false;
        }

        if (witness.Before is not null)
        {
            terminal.Error.WriteLine("the run that was found begins in the midst of the trace, and only one from its beginning can be saved: raise --window, or let the mapping begin at the start");
            return false;
        }

        var run = witness.Run;
        var saved = new SavedRun(answer.System.Name, SavedRun.Imported, answer.Variant, [.. run.System.Observation.Faults.Select(fault => fault.Name)], run.System.Ties, null, RunScript.Of(run));
        if (saved.Again(answer.Spec.FindSystem).Replay is Replay.Impossible no) throw new UnreplayableException($"saved, step {no.Step}: {no.Reason}");
        return Outputs.Try(path, terminal, () => File.WriteAllText(path, saved.Text(answer.Spec.Path)));
    }

    private static T Live<T>(Terminal terminal, string trace, Func<Action<long>?, T> work)
    {
        if (!terminal.Live) return work(null);
        return terminal.LiveError().Progress().AutoClear(true).Start(context =>
        {
            long size = File.Exists(trace) ? new FileInfo(trace).Length : 1;
            var task = context.AddTask(Markup.Escape(trace), maxValue: Math.Max(1, size));
            return work(read => task.Value = read);
        });
    }

    private static int Refuse(Terminal terminal, string why)
    {
        terminal.Error.WriteLine(terminal.Signs(why));
        return ExitCode.BadInput;
    }
}
