using System.CommandLine;
using Irekae.Checker.Testing;
using Spectre.Console;

namespace Irekae.Checker.Cli;

/// <summary>One file's part. <c>Result</c> null: it has mistakes, its turn did not come, or its numbers are too large.</summary>
internal sealed record FileTested(SpecFile File, RandomTestResult? Result, string? Why);

/// <summary><c>irekae test FILE…</c>: every property by random runs, with shrinking; for people and for continuous integration.</summary>
internal static class TestCommand
{
    private const long Endless = 1_000_000_000_000;

    public static Command Create(Terminal terminal, CancellationToken cancel)
    {
        var files = SpecFile.Several();
        var properties = new Option<string[]>("--property", "-p") { Description = "Only properties of this name; * and ? stand for any characters; 'checks' are those nobody has to ask for. May be repeated.", HelpName = "NAME" };
        var runs = new Option<long>("--runs") { Description = "Runs for each set of properties that are asked of the same runs.", HelpName = "N", DefaultValueFactory = _ => RandomTestOptions.UsualRuns };
        var time = Amounts.Time("--time", "Draw for this time for each file, such as 30s, however many runs that gives; compiling before it and shrinking after it come on top.");
        var seed = new Option<ulong>("--seed") { Description = "The first run; the same seed gives the same runs everywhere.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var moves = new Option<int>("--moves") { Description = "Cut runs after so many moves.", HelpName = "N", DefaultValueFactory = _ => Properties.Running.RunOptions.DefaultMoves };
        var junit = new Option<string?>("--junit") { Description = "Write the outcome as JUnit XML to this file.", HelpName = "FILE" };
        var sarif = new Option<string?>("--sarif") { Description = "Write what fails as SARIF 2.1.0 to this file.", HelpName = "FILE" };
        var github = new Option<bool>("--github") { Description = "Write what fails as annotations of GitHub Actions too." };
        runs.FromOne();
        moves.FromOne();
        var command = new Command("test", "Try the properties of specifications on random runs; no proof.") { files, properties, runs, time, seed, moves, junit, sarif, github };
        command.SetAction(result =>
        {
            var options = new RandomTestOptions
            {
                Properties = [.. result.GetValue(properties) ?? []],
                // A time alone is the whole budget.
                Runs = result.GetValue(time) is not null && (result.GetResult(runs)?.Implicit ?? true) ? Endless : result.GetValue(runs),
                Time = result.GetValue(time) is { } limit ? Amounts.TimeSpan(limit) : null,
                Seed = result.GetValue(seed),
                Moves = result.GetValue(moves),
            };
            var specs = result.GetRequiredValue(files).Select(SpecFile.Load).ToList();
            if (Unmatched(specs, options) is { } complaint)
            {
                terminal.Error.WriteLine(complaint);
                return ExitCode.BadInput;
            }
            var all = new List<FileTested>();
            foreach (var spec in specs)
            {
                all.Add(Test(spec, options, terminal, cancel));
                TestReport.Write(terminal, all[^1]);
                terminal.Out.Flush();
            }
            TestReport.WriteSummary(terminal, all);
            var cases = CiCase.Of(all).ToList();
            if (result.GetValue(github)) GithubAnnotations.Write(terminal.Out, cases);
            bool written = Write(junit, JunitReport.Write) & Write(sarif, SarifReport.Write);
            return written ? ExitCode.Worst(all.Select(Code)) : ExitCode.BadInput;

            bool Write(Option<string?> option, Action<string, IReadOnlyCollection<CiCase>> report) =>
                result.GetValue(option) is not { } path || Outputs.Try(path, terminal, () => report(path, cases));
        });
        return command;
    }

    private static FileTested Test(SpecFile spec, RandomTestOptions options, Terminal terminal, CancellationToken cancel)
    {
        spec.WriteDiagnostics(terminal);
        if (spec.HasErrors) return new FileTested(spec, null, DiagnosticText.Count(spec.Spec.Diagnostics));
        if (cancel.IsCancellationRequested) return new FileTested(spec, null, "interrupted");
        try
        {
            if (!terminal.Live) return new FileTested(spec, RandomTest.Run(spec.Spec, options, null, cancel), null);
            return terminal.LiveError().Progress().AutoClear(true).Start(context =>
            {
                var task = context.AddTask(Markup.Escape(spec.Path));
                task.IsIndeterminate = options.Time is not null;
                return new FileTested(spec, RandomTest.Run(spec.Spec, options, (done, of) => (task.MaxValue, task.Value) = (of, done), cancel), null);
            });
        }
        catch (Exception exception) when (exception is OverflowException or AggregateException { InnerException: OverflowException })
        {
            return new FileTested(spec, null, (exception.InnerException ?? exception).Message);
        }
    }

    private static string? Unmatched(List<SpecFile> specs, RandomTestOptions options)
    {
        if (specs.Exists(spec => spec.HasErrors)) return null;
        var names = specs.SelectMany(spec => spec.SystemOf(null).Properties).Select(property => property.Name).Append(RandomTest.Checks).Distinct().ToList();
        string? missing = options.Properties.FirstOrDefault(pattern => !names.Exists(name => RandomTest.Matches(options with { Properties = [pattern] }, name)));
        return missing is null ? null : $"no property is called '{missing}'; there are: {string.Join(", ", names)}";
    }

    private static int Code(FileTested one) => one switch
    {
        { File.HasErrors: true } => ExitCode.BadInput,
        { Result: null } => ExitCode.Unknown,
        { Result: { } result } => ExitCode.Worst(result.Tested.Select(tested => tested.Outcome switch
        {
            Outcome.Failed => ExitCode.Refuted,
            Outcome.Open => ExitCode.Unknown,
            _ => ExitCode.Proved,
        })),
    };
}
