using System.CommandLine;
using System.Numerics;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Checker.Report;
using Irekae.Checker.Timelines;
using Irekae.Checker.Verification;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Properties.Monitors;

namespace Irekae.Checker.Cli;

/// <summary><c>irekae timeline FILE</c>: a run as a picture: the one behind an answer, one that was saved, or a random one.</summary>
internal static class TimelineCommand
{
    private const int DefaultMoves = 100;

    public static Command Create(Terminal terminal, CancellationToken cancel)
    {
        var file = SpecFile.One();
        var property = new Option<string?>("--property", "-p") { Description = "The run that verify has for this property or check. [default: the first that has one]", HelpName = "NAME" };
        var replay = new Option<string?>("--run") { Description = "The run that verify has saved with --save-runs.", HelpName = "RUN" };
        var seed = new Option<ulong?>("--seed") { Description = "The random run of this name, as 'irekae run' shows it.", HelpName = "N" };
        var moves = new Option<int>("--moves") { Description = "End a random run after so many moves.", HelpName = "N", DefaultValueFactory = _ => DefaultMoves };
        var format = new Option<string>("--format")
        {
            Description = "Text; a drawing; a page for a browser, to zoom and move in; a file for Perfetto, for Chrome's older viewer, for GTKWave, or in the Informal Trace Format; or the whole run as a table that conform reads.",
            HelpName = "terminal|svg|html|perfetto|chrome|vcd|itf|csv",
            DefaultValueFactory = _ => "terminal",
        }.AcceptOnlyFromAmong("terminal", "svg", "html", "perfetto", "chrome", "vcd", "itf", "csv");
        var output = new Option<string?>("--output", "-o") { Description = "Where to; without it to standard output.", HelpName = "FILE" };
        var from = Amounts.Time("--from", "Show nothing before this instant, such as 1.5ms.");
        var to = Amounts.Time("--to", "Show nothing after this instant.");
        var whole = new Option<bool>("--whole") { Description = "All of the run, not only what is around the worst case." };
        var fold = new Option<bool>("--fold") { Description = "Of what repeats show only the first, and how often: in the terminal and in a drawing." };
        moves.FromOne();
        var command = new Command("timeline", "Show a run as a timeline: who runs, who waits for whom, messages, measures.") { file, property, replay, seed, moves, format, output, from, to, whole, fold };
        command.Validators.Add(result =>
        {
            if (new Option[] { property, replay, seed }.Count(option => result.GetResult(option) is not null) > 1) result.AddError("only one of --property, --run and --seed");
            if (result.GetValue(fold) && result.GetValue(format) is not (null or "terminal" or "svg")) result.AddError("--fold is for --format terminal and svg; a page folds by a button, other files have all of the run");
        });
        command.SetAction(result =>
        {
            var spec = SpecFile.Load(result.GetRequiredValue(file));
            spec.WriteDiagnostics(terminal);
            if (spec.HasErrors) return ExitCode.BadInput;
            var written = Enum.Parse<TimelineFormat>(result.GetRequiredValue(format), ignoreCase: true);
            try
            {
                var timeline = result.GetValue(replay) is { } saved ? Saved(spec, saved, terminal)
                    : result.GetValue(seed) is { } drawn ? Drawn(spec, drawn, result.GetValue(moves))
                    : Verified(spec, result.GetValue(property), terminal, cancel);
                if (timeline is null) return ExitCode.BadInput;
                if (result.GetValue(from) is not null || result.GetValue(to) is not null)
                {
                    long begin = Ticks(timeline.Run, result.GetValue(from)) ?? 0, end = Ticks(timeline.Run, result.GetValue(to)) ?? timeline.To;
                    if (begin > Math.Min(end, timeline.To))
                    {
                        terminal.Error.WriteLine($"there is nothing from {timeline.Time(begin)} to {timeline.Time(end)}: the run ends at {timeline.Time(timeline.To)}");
                        return ExitCode.BadInput;
                    }

                    timeline = timeline.Within(begin, end);
                }
                else if (!result.GetValue(whole) && written != TimelineFormat.Html)
                {
                    timeline = timeline.AroundFocus();
                }

                if (result.GetValue(fold)) timeline = timeline.Folded();
                return Write(timeline, written, result.GetValue(output), terminal);
            }
            catch (ArithmeticException exception) when (exception is OverflowException or CoefficientOverflowException)
            {
                terminal.Error.WriteLine($"{spec.Path}: {exception.Message}");
                return ExitCode.Unknown;
            }
        });
        return command;
    }

    private static int Write(Timeline timeline, TimelineFormat format, string? path, Terminal terminal)
    {
        if (format == TimelineFormat.Perfetto)
        {
            if (path is null)
            {
                terminal.Error.WriteLine("--format perfetto is binary: say where to with -o FILE");
                return ExitCode.BadInput;
            }

            return Outputs.Try(path, terminal, () => File.WriteAllBytes(path, PerfettoWriting.Of(timeline))) ? ExitCode.Proved : ExitCode.BadInput;
        }

        string text = format switch
        {
            TimelineFormat.Terminal => terminal.Signs(TextWriting.Of(timeline, Math.Min(terminal.Width, TextWidth), terminal.Unicode)),
            TimelineFormat.Svg => SvgWriting.Of(timeline),
            TimelineFormat.Html => ReportPage.OfTimeline(Cli.Version, timeline),
            TimelineFormat.Chrome => ChromeWriting.Of(timeline),
            TimelineFormat.Vcd => VcdWriting.Of(timeline),
            TimelineFormat.Itf => ItfWriting.Of(timeline),
            TimelineFormat.Csv => Conformance.TraceWriting.Csv(timeline.Run),
            TimelineFormat.Perfetto => throw new System.Diagnostics.UnreachableException(),
        };
        if (format == TimelineFormat.Csv && !timeline.Run.Steps.All(step => timeline.Run.Nanoseconds(step.Instant).IsInteger))
            terminal.Error.WriteLine("times finer than a nanosecond are cut off: conform has to be told by --mapping, { \"resolution\": { \"before\": \"0\", \"after\": \"1 ns\" } }");
        if (path is not null) return Outputs.Try(path, terminal, () => File.WriteAllText(path, text)) ? ExitCode.Proved : ExitCode.BadInput;
        terminal.Out.Write(text);
        return ExitCode.Proved;
    }

    private const int TextWidth = 80;

    private static Timeline? Saved(SpecFile spec, string path, Terminal terminal)
    {
        try
        {
            var saved = SavedRun.Parse(File.ReadAllText(path));
            switch (saved.Again(spec.FindSystem))
            {
                case (Replay.Done { Run: var run }, var property):
                    return Timeline.Of(run, property is not null ? Focusing.Of(property, run) : saved.Property == SavedRun.Imported ? null : Focusing.OfCheck(saved.Property, run));
                case (Replay.Impossible no, _):
                    terminal.Error.WriteLine($"{path}: step {no.Step + 1} of {saved.Script.Steps.Length} is not possible: {terminal.Signs(no.Reason)}");
                    return null;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }
        catch (Exception broken) when (broken is FormatException or IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine($"{path}: {terminal.Signs(broken.Message)}");
        }
        catch (OverflowException)
        {
            terminal.Error.WriteLine($"{path}: its times are too long");
        }

        return null;
    }

    private static Timeline Drawn(SpecFile spec, ulong seed, int moves)
    {
        var bound = spec.SystemOf(null);
        var system = TransitionSystem.Compile(bound, Observing.Of([.. bound.Properties.Where(property => property.Variant is null && property.Under.IsEmpty)]));
        return Timeline.Of(Runs.Of(system, SpecTimes.Of(system).ParameterStep, new SeededChooser(seed), moves));
    }

    private static Timeline? Verified(SpecFile spec, string? name, Terminal terminal, CancellationToken cancel)
    {
        var plain = spec.SystemOf(null);
        var names = plain.Properties.Select(property => property.Name).ToList();
        if (name is not null && !names.Contains(name) && !Check.All.Any(check => check.Name == name))
        {
            terminal.Error.WriteLine($"no property is called '{name}'; there are: {(names.Count == 0 ? "none" : string.Join(", ", names))}");
            return null;
        }

        var options = new VerifyOptions { Properties = name is null ? [.. names] : [name], CompareTies = false };
        var found = names.Count == 0 && name is null ? null
            : LiveExplorations.Show(terminal, spec.Path, progress => Verifier.OneByOne(spec.SystemOf, options, progress, cancel).FirstOrDefault(result => result.Witness is not null));
        if (found is { Witness: { } run }) return Focusing.TimelineOf(plain, found, run);
        cancel.ThrowIfCancellationRequested();
        terminal.Error.WriteLine(name is null ? "no property has a run to show: try --seed 1" : $"{name} has no run to show: try --seed 1");
        return null;
    }

    private static long? Ticks(Run run, Rational? nanoseconds) =>
        nanoseconds is { } time ? (long)BigInteger.Min((time / run.Nanoseconds(1)).Floor(), long.MaxValue) : null;
}
