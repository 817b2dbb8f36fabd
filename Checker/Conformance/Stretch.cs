using System.Diagnostics;
using Irekae.Checker.Explore;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Conformance;

/// <summary>
/// A stretch of a trace up to the thing that was not explained, with all that is shown at the same time, to be followed again with durations relaxed.
/// </summary>
/// <param name="entered">The states with which it begins, in units; null: the run's own beginning.</param>
/// <param name="first">The place with which it begins.</param>
internal sealed class Stretch(
    TransitionSystem system,
    Sight sight,
    Mapping mapping,
    (long Before, long After) resolution,
    Dictionary<Configuration, IReadOnlyList<Move>> moves,
    IReadOnlyList<Observed> shown,
    long first,
    IReadOnlyList<State>? entered)
{
    /// <summary>
    /// The path of some run that shows all of it, after which time passes: what is shown for no time would explain nothing.
    /// </summary>
    /// <param name="finer">Units of the relaxation to one of the trace's.</param>
    /// <param name="stopped">Why it is not known whether there is one.</param>
    public List<State>? Path(Relaxation relaxed, long finer, Limits limits, CancellationToken cancel, out string? stopped)
    {
        var scale = new TimeScale(system.Tick, finer);
        var graph = new Graph(system, sight, scale.PerTick, relaxed, moves, cancel);
        var budget = new Budget(limits, cancel);
        var follower = new Follower(graph, new Ahead(shown.GetEnumerator(), first), scale, (resolution.Before * finer, resolution.After * finer), int.MaxValue / 2, budget) { All = true };
        if (entered is null) Starting.BeginRun(follower, mapping, shown[0], scale);
        else foreach (var state in entered.Where(state => !state.Covered)) follower.GoOn(state, graph.SpotOf(state.Spot.Configuration), state.Values.Finer(finer, state.Spot));
        stopped = follower.Follow(first);
        budget.Stop();
        States += follower.States;
        if (follower.Arrived.FirstOrDefault(state => !follower.Hurries(state) && Lasting(state.Spot, state.Values.ToPolyhedron()) is not null) is { } found) return found.Path();
        if (follower.Crowded) stopped ??= $"more than {Follower.Farthest} events may be at one instant";
        return null;
    }

    public long First => first;

    /// <summary>How many have been looked at.</summary>
    public long States { get; private set; }

    /// <summary>The least amount with which a path of <see cref="Path"/> is one, in units, and whether that much is enough.</summary>
    /// <param name="unknown">Which intervals may be left.</param>
    /// <param name="most">How long it may take.</param>
    /// <returns>Null: it takes longer.</returns>
    public (Rational By, bool Attained)? LeastAlong(List<State> path, Relaxation unknown, long finer, TimeSpan most, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var scale = new TimeScale(system.Tick, finer);
        var graph = new Graph(system, sight, scale.PerTick, unknown, moves, cancel);
        var spot = path[0].Spot.IsBefore ? path[0].Spot : graph.SpotOf(path[0].Spot.Configuration);
        var values = WithUnknown(path[0].Values);
        foreach (var state in path.Skip(1))
        {
            if (watch.Elapsed > most) return null;
            cancel.ThrowIfCancellationRequested();
            if (state.Step is { } taken)
            {
                var step = graph.StepOf(spot.IsBefore ? null : spot, taken.Move);
                (values, spot) = (values.After(step, state.Window) ?? throw Lost(), step.To);
            }
            else
            {
                values = values.Within(spot, state.Window) ?? throw Lost();
            }
        }

        var least = (Lasting(spot, values.ToPolyhedron()) ?? throw Lost()).Bounds(spot.Clock).Lower;
        return (least.Value / finer, least.Attained);
    }

    private static UnreplayableException Lost() => new("a path with changed durations is none with an unknown change");

    private static Polyhedron? Lasting(Spot spot, Polyhedron set)
    {
        var running = Enumerable.Range(0, spot.Clock).Where(j => spot.Configuration.Rates[j] == TimerRate.Down);
        return set.With(running.Select(j => Row.AtLeast(set.Dimensions, j, 0, strict: true)));
    }

    /// <summary>With the unknown as the last dimension but one.</summary>
    private static Values WithUnknown(Values values)
    {
        var set = values.ToPolyhedron();
        int n = set.Dimensions - 1;
        var rows = set.Rows.Select(row => Row.Of([.. row.Coefficients[..n], 0, row[n]], row.Constant, row.Strict)).Append(Row.AtLeast(n + 2, n, 0));
        return new Shape(Polyhedron.FromRows(n + 2, rows)!);
    }
}
