using System.Globalization;
using System.Text;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Properties.Generators;
using Irekae.Properties.Monitors;
using Irekae.Tests.Laws;

namespace Irekae.Tests.Model.Semantics;

/// <summary>
/// What the semantics makes of many systems, as it was when this was recorded: every move of the configurations on some walks, with all that a move has; every
/// situation there; runs as text, as scripts, and in what they measure. One digest a system. The laws say what must be so; this says that something is no longer as it was, wherever it
/// is, and is the reference when changes to the semantics are planted by a tool. UPDATE_GOLDEN=1 records anew, when the semantics was changed on purpose.
/// </summary>
public class RecordedTests
{
    private const int Random = 45, Walks = 2, Moves = 30, RunMoves = 50;

    [Fact]
    public void Every_system_means_what_it_meant() => Golden.CheckLines("meaning.txt", Systems(), Line);

    private static string Line((string Name, BoundSystem System, Ties? Ties) of) => $"{Digest(of.System, of.Ties)} {of.Name}{(of.Ties is { } rule ? $", ties {rule}" : "")}";

    private static IEnumerable<(string Name, BoundSystem System, Ties? Ties)> Systems()
    {
        foreach (var corner in Link.Corners.All())
        {
            var system = Drawn.Bind(corner.Text, corner.Name);
            foreach (var ties in new Ties?[] { null, Ties.Any, Ties.Batch }) yield return (corner.Name, system, ties);
        }

        for (ulong seed = 1; seed <= Random; seed++) yield return ($"seed {seed}", LawSystems.Of(seed).System, null);
        foreach (var profile in (Profile[])[Profile.Whole, Profile.Tiny])
            foreach (var twins in Twins.Systems(profile, 16, 16)) yield return ($"twins {twins.Seed}", twins.System, null);
    }

    private static string Digest(BoundSystem bound, Ties? ties)
    {
        var said = new StringBuilder();
        void Say(string text) => said.Append(text).Append('\n');
        var observation = Observing.Of(bound.Properties, ties) with { Faults = bound.Faults };
        observation = observation with { Quantities = [.. observation.Quantities.Union(Observing.Measured(bound))] };
        var system = TransitionSystem.Compile(bound, observation);
        Say($"tick {system.Tick}, {SpecTimes.Of(system)}, {string.Join(", ", system.Timers)}, {string.Join(", ", system.Repeats.Select(r => (r.Actor, r.Count, r.InsideMeasure, r.AtOnce)))}");
        foreach (var timing in system.Timings()) Say($"{timing.Kind} {timing.Subject} {system.IsOffset(timing)} {timing.Span?.Text} {Text(timing.Interval)}");
        List<BoundExpression> conditions = [.. bound.Properties.SelectMany(p => Link.Corners.Expressions(p.Question))];
        var interchange = new Interchange(system, conditions);
        foreach (var members in interchange.Classes) Say($"alike {string.Join(" ", members)}");
        try
        {
            for (int walk = 0; walk < Walks; walk++)
            {
                Walk(system, interchange, conditions, (uint)walk, Say);
                var run = Runs.Of(system, 1 + walk, new SeededChooser((ulong)walk, 35 * walk), RunMoves);
                string script = RunScript.Of(run).ToString();
                Say(RunTable.Of(run) + script);
                Say(RunTable.Of(run, 60, 9) + RunTable.Of(run with { Steps = [] }));
                for (int step = 0; step < run.Steps.Length; step++) Say(RunTable.Summary(run, step));
                Measured(run, Say);
                Tried(run, Say);
                Broken(run, Say);
                Say(((Replay.Done)Runs.Replay(system, RunScript.Parse(script))).Run.Steps.Length.ToString(CultureInfo.InvariantCulture));
            }
        }
        catch (OverflowException)
        {
            Say("crowded");
        }

        foreach (var statement in system.Unreached()) Say("unreached " + statement.Span.Text);
        return Golden.Digest(said.ToString());
    }

    private static void Measured(Run run, Action<string> say)
    {
        var quantities = Quantities.Of(run);
        foreach (var occurrence in quantities.Occurrences) say(occurrence.ToString());
        for (int q = 0; q < run.System.Observation.Quantities.Length; q++) say($"{quantities.Longest(q)} {quantities.Shortest(q)}");
    }

    /// <summary>On the way of a run: why each other move is not possible, and each duration outside its interval.</summary>
    private static void Tried(Run run, Action<string> say)
    {
        var interpreter = new Interpreter(run.System, run.Refinement);
        Move? earlier = null;
        foreach (var step in run.Steps)
        {
            foreach (var move in interpreter.Moves) say(interpreter.WhyNot(move) ?? "");
            if (earlier is not null && Array.BinarySearch(interpreter.Configuration!.Timers, earlier.Timer) < 0) say(interpreter.WhyNot(earlier) ?? "");
            say($"{string.Join(' ', interpreter.ChoosingOrder(step.Move))} {interpreter.WhyNot(step.Move, [.. step.Durations, 1])}");
            for (int k = 0; k < step.Durations.Length; k++)
            {
                var (low, high) = interpreter.Range(step.Move, k, step.Durations);
                say($"{low} {high} {interpreter.WhyNot(step.Move, step.Durations.SetItem(k, low - 1))} {interpreter.WhyNot(step.Move, step.Durations.SetItem(k, (high ?? low) + 1))}");
            }

            interpreter.Take(step.Move, step.Durations);
            earlier ??= step.Move.Timer >= 0 ? step.Move : null;
        }
    }

    /// <summary>What is said of scripts that are none of a run, each wrong in one step.</summary>
    private static void Broken(Run run, Action<string> say)
    {
        var script = RunScript.Of(run);
        for (int k = 0; k < script.Steps.Length; k += 5)
        {
            var step = script.Steps[k];
            foreach (var wrong in (ScriptStep[])[step with { Timer = -1 }, step with { Timer = 0 }, step with { Timer = run.System.Timers.Length }, step with { Choices = [.. step.Choices, 7] }, step with { Durations = [.. step.Durations, 0] }])
                say(Runs.Replay(run.System, script with { Steps = script.Steps.SetItem(k, wrong) }) is Replay.Impossible no ? $"{no.Step} {no.Reason} {no.Before.Steps.Length}" : "possible");
        }

        var early = Runs.Of(run.System, run.Refinement, new SeededChooser(3), 8, run.Steps[^1].Instant / 2);
        say(RunScript.Of(early).ToString());
    }

    private static void Walk(TransitionSystem system, Interchange interchange, List<BoundExpression> conditions, uint seed, Action<string> say)
    {
        var moves = system.Initial();
        for (int k = 0; k < Moves && moves.Count > 0; k++)
        {
            foreach (var move in moves) say(Text(system, move));
            for (int m = 1; m < moves.Count; m++) say($"{Interchange.Alike(moves[m - 1], moves[m])} {Interchange.Alike(moves[m], moves[m] with { })}");
            seed = (seed * 1664525) + 1013904223;
            var at = moves[(int)((seed >> 8) % (uint)moves.Count)].Next;
            for (int actor = 0; actor < system.System.Actors.Length; actor++)
            {
                var s = system.SituationOf(at, actor);
                say($"{s with { Place = null }} {s.Place?.Text}");
            }

            foreach (var message in system.MessagesIn(at)) say(message.ToString());
            say($"{string.Join(' ', system.System.Variables.Select(v => system.ValueOf(at, v)))} | {string.Join(' ', conditions.Select(c => system.Evaluate(c, at)))} | {string.Join(' ', system.Waiting(at))}");
            if (interchange.Towards(at, timer => (timer, k)) is { } renaming) say($"{Text(renaming.Of(at))} {Text(renaming.Inverse().Of(renaming.Of(at)))} {Text(Renaming.Both(renaming, renaming)!.Of(at))} {Renaming.Both(null, renaming) == renaming} {Renaming.Both(renaming, null) == renaming} {renaming.Timer(-1)} {string.Join("; ", moves.Select(move => renaming.After(move)).Select(move => Text(system, move)))}");
            moves = system.Moves(at);
        }
    }

    private static string Text(Configuration configuration) =>
        $"{string.Join(' ', configuration.Cells)} | {string.Join(' ', configuration.Timers)} | {string.Join(' ', configuration.Rates)}";

    private static string Text(TransitionSystem system, Move move) =>
        $"{move.Timer} {move.Immediate} {move.GoesOnEarly} before {string.Join(' ', move.StrictlyBefore)} next {Text(move.Next)} sources {string.Join(' ', move.Sources)} "
        + $"started {string.Join(' ', move.Started.Select(s => $"{s.Timer} {Text(s.Interval)}"))} ended {string.Join(' ', move.Ended)} events {string.Join("; ", move.Events.Select(system.Describe))} "
        + $"choices {string.Join(' ', move.Choices)} violations {string.Join("; ", move.Violations.Select(v => $"{v.Kind} {v.Text} {v.Span?.Text}"))} failed {string.Join(' ', move.FailedConditions)} {move.Stops}";

    private static string Text(TickInterval interval) => $"{Text(interval.Low)} .. {(interval.High is { } high ? Text(high) : "")}";

    private static string Text(TickBound bound) => $"({bound.Constant} {string.Join(' ', bound.Terms)}) / {bound.Denominator}";
}
