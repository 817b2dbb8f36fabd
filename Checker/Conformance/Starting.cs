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
            BeginRun(follower, graph, mapping, first, scale);
            return null;
        }

        // Wherever a run may be: after each move, any time ago.
        var explorer = new Explorer(graph.System, new Nobody(), new ExploreOptions(ClockSense.Exact, limits, MergeAbove), cancel);
        explorer.Run();
        if (explorer.Incomplete is { } reason) return $"where a run may be when the trace begins is not known: the exploration {reason}";
        if (explorer.Merged) return "where a run may be when the trace begins is not known exactly: the exploration had to merge sets";
        foreach (var place in explorer.Places)
        {
            int n = place.Configuration.Timers.Length;
            var spot = graph.SpotOf(place.Configuration);
            foreach (var node in place.Nodes)
            {
                var rows = node.Set.Rows.Select(row => Row.Of([.. row.Coefficients, .. new long[graph.Besides]], checked(row.Constant * scale.PerTick), row.Strict));
                if (graph.Relaxed is not null) rows = rows.Concat(graph.Relaxed.Rows(n + 2));
                follower.Begin(spot, Values.Of(Polyhedron.FromRows(n + graph.Besides, rows)!, spot.Frozen, graph.Besides));
            }
        }

        return null;
    }

    /// <summary>Before the first move the clock says how long the beginning is from the first time stamp.</summary>
    private static void BeginRun(Follower follower, Graph graph, Mapping mapping, Observed first, TimeScale scale)
    {
        int n = graph.Besides;
        var rows = new List<Row>();
        if (graph.Relaxed is not null) rows.AddRange(graph.Relaxed.Rows(n));
        if (mapping.Origin is { } origin)
        {
            long clock = scale.Of(checked(origin - first.Time));
            rows.Add(Row.AtLeast(n, n - 1, clock));
            rows.Add(Row.AtMost(n, n - 1, clock));
        }

        follower.BeginRun(Values.Of(Polyhedron.FromRows(n, rows)!, [], n));
    }

    private sealed class Nobody : IWatch
    {
        public bool Satisfied => false;

        public void Moved(Node? from, Edge edge) { }

        public void Entered(Node node) { }

        public void Rested(Node node) { }
    }
}
