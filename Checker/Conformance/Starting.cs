using Irekae.Checker.Explore;
using Irekae.Checker.Explore.Polyhedra;

namespace Irekae.Checker.Conformance;

/// <summary>The states with which following a trace begins.</summary>
internal static class Starting
{
    private const int MergeAbove = 5000;

    /// <returns>Why there are none; null: there are.</returns>
    public static string? Begin(Follower follower, Graph graph, Mapping mapping, Observed first, TimeScale scale, Limits limits, CancellationToken cancel)
    {
        if (mapping.Begins == Beginning.Start)
        {
            BeginRun(follower, mapping, first, scale);
            return null;
        }

        // Wherever a run may be: after each move, any time ago.
        var explorer = new Explorer(graph.System, new Nobody(), new ExploreOptions(ClockSense.Exact, limits, MergeAbove), cancel);
        explorer.Run();
        if (explorer.Incomplete is { } reason) return $"where a run may be when the trace begins is not known: the exploration {reason}";
        if (explorer.Merged) return "where a run may be when the trace begins is not known exactly: the exploration had to merge sets";
        foreach (var place in explorer.Places)
        {
            var spot = graph.SpotOf(place.Configuration);
            foreach (var node in place.Nodes)
            {
                var rows = node.Set.Rows.Select(row => Row.Of([.. row.Coefficients, 0], checked(row.Constant * scale.PerTick), row.Strict));
                follower.Begin(spot, Values.Of(Polyhedron.FromRows(spot.Clock + 1, rows)!, spot.Layout));
            }
        }

        return null;
    }

    /// <summary>Before the first move the clock says how long the beginning is from the first time stamp.</summary>
    public static void BeginRun(Follower follower, Mapping mapping, Observed first, TimeScale scale)
    {
        Row[] rows = [];
        if (mapping.Origin is { } origin)
        {
            long clock = scale.Of(checked(origin - first.Time));
            rows = [Row.AtLeast(1, 0, clock), Row.AtMost(1, 0, clock)];
        }

        follower.BeginRun(Values.Of(Polyhedron.FromRows(1, rows)!, new Zone.Layout([])));
    }

    private sealed class Nobody : IWatch
    {
        public bool Satisfied => false;

        public void Moved(Node? from, Edge edge) { }

        public void Entered(Node node) { }

        public void Rested(Node node) { }
    }
}
