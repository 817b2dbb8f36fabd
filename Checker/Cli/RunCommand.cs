using System.CommandLine;
using System.Numerics;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Properties.Monitors;

namespace Irekae.Checker.Cli;

/// <summary><c>irekae run FILE</c>: one run as a table, drawn from a seed or saved before. The same seed gives the same run everywhere.</summary>
internal static class RunCommand
{
    private const int DefaultMoves = 100;

    public static Command Create(Terminal terminal)
    {
        var file = SpecFile.One();
        var seed = new Option<ulong>("--seed") { Description = "Names the run.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var moves = new Option<int>("--moves") { Description = "End after so many moves.", HelpName = "N", DefaultValueFactory = _ => DefaultMoves };
        var horizon = Amounts.Time("--horizon", "End before this instant, such as 5ms.");
        var refinement = new Option<long?>("--refinement") { Description = "Draw times as multiples of the tick over this.", HelpName = "N" };
        var replay = new Option<string?>("--replay") { Description = "Not a random run but one that verify has saved with --save-runs.", HelpName = "RUN" };
        moves.FromOne();
        refinement.Validators.Add(result => { if (result.Tokens is [{ Value: var text }] && long.TryParse(text, out long n) && n is < 1 or > 1_000_000) result.AddError($"'{text}' is not a number from 1 to 1000000"); });
        var command = new Command("run", "Show one run as a table: a random one, or one that was saved.") { file, seed, moves, horizon, refinement, replay };
        command.SetAction(result =>
        {
            var spec = SpecFile.Load(result.GetRequiredValue(file));
            spec.WriteDiagnostics(terminal);
            if (spec.HasErrors) return ExitCode.BadInput;
            return result.GetValue(replay) is { } saved
                ? ReplayCommand.Show(spec, saved, terminal)
                : Show(spec.SystemOf(null), new SeededChooser(result.GetValue(seed)), result.GetValue(moves), result.GetValue(horizon), result.GetValue(refinement), terminal);
        });
        return command;
    }

    private static int Show(BoundSystem bound, Chooser chooser, int moves, Rational? horizon, long? finer, Terminal terminal)
    {
        var properties = bound.Properties.Where(property => property.Variant is null && property.Under.IsEmpty).ToList();
        var system = TransitionSystem.Compile(bound, Observing.Of(properties));
        long refinement = finer ?? SpecTimes.Of(system).ParameterStep;
        try
        {
            var run = Runs.Of(system, refinement, chooser, moves, horizon is { } end ? FineTicks(end, system.Tick, refinement) : long.MaxValue);
            WriteTable(run, terminal);
            foreach (var property in properties) WriteJudgement(property, run, terminal);
            terminal.Out.WriteLine(End(run, moves));
            return ExitCode.Proved;
        }
        catch (RefinementException exception)
        {
            terminal.Error.WriteLine($"{exception.Message}: add --refinement {exception.Needed}");
            return ExitCode.BadInput;
        }
    }

    public static void WriteTable(Run run, Terminal terminal)
    {
        terminal.Out.Write(terminal.Signs(RunTable.Of(run, terminal.Width)));
        terminal.Out.WriteLine();
    }

    private static long FineTicks(Rational nanoseconds, Rational tick, long refinement)
    {
        var ticks = nanoseconds.Numerator * tick.Denominator * refinement / (nanoseconds.Denominator * tick.Numerator);
        return (long)BigInteger.Min(ticks, long.MaxValue);
    }

    public static void WriteJudgement(Property property, Run run, Terminal terminal)
    {
        var judgement = RunMonitor.Judge(property, run);
        string value = judgement.Value is { } time ? $": {TimeText.Of(time)} in this run" : "";
        string finding = judgement.Finding switch
        {
            Finding.Consistent => judgement.Vacuous ? ": not touched by this run" : "",
            Finding.Contradicts => $": contradicted by move {judgement.Step}",
            Finding.Reaches => $": reached by move {judgement.Step}",
        };
        terminal.Out.WriteLine($"{property.Name}{value}{finding}");
    }

    public static string End(Run run, int moves)
    {
        var health = Health.Of(run);
        if (health.Deadlock) return "the run ends: deadlock, these wait for what cannot come: " + string.Join(", ", health.Waiting.Select(actor => run.System.System.Actors[actor].Name));
        if (!run.Steps.IsEmpty && run.Steps[^1].Move.Stops) return "the run ends: nothing sensible follows the error";
        return run.Steps.Length >= moves ? $"the run was ended after {moves} moves" : "the run ends here";
    }
}
