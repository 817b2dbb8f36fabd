using System.Numerics;
using System.Text.Json;
using Irekae.Checker.Explore;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Checker.Proofs;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Tests.Checker.Proofs;

/// <summary>
/// Whether the nodes of a certificate are an inductive invariant that shows its claim, whatever its multipliers say: by exact images and inclusions of
/// polyhedra, which the checker does not use. A changed certificate that the checker accepts has to be one of these.
/// </summary>
internal sealed class Judge
{
    private readonly Automaton automaton;
    private readonly Shapes shapes;
    private readonly bool[] slow;

    public Judge(string file, string property, byte[] model)
    {
        var (spec, _) = Proved.Answer(file, property);
        var subject = Subject.Find(variant => (variant is null ? spec.System : spec.ForVariant(variant))!, property)!;
        using var document = JsonDocument.Parse(model);
        var edges = document.RootElement.GetProperty("locations").EnumerateArray().Select(l => l.GetProperty("edges").ValueKind != JsonValueKind.Null).ToArray();
        var (system, _) = subject.Unfold(document.RootElement);
        var flag = subject.Check is { } check ? Flags.Of(check, system) : Flags.Of(subject.Question!, 0, system);
        automaton = Automaton.Unfold(system, flag is null ? [] : [flag], (i, _) => edges[i], system.Moves);
        shapes = new Shapes(system, ClockSense.Exact);
        slow = SlowTimers.Of(automaton);
    }

    public bool Agrees(byte[] certificate)
    {
        using var document = JsonDocument.Parse(certificate);
        var rows = document.RootElement.GetProperty("rows").EnumerateArray().ToArray();
        var nodes = document.RootElement.GetProperty("nodes").EnumerateArray().Select(n => (At: n.GetProperty("at").GetInt32(), N: n)).Select(n => (n.At, n.N, Set: Polyhedron.FromRows(
            automaton.Locations[n.At].Configuration.Timers.Length,
            n.N.GetProperty("rows").EnumerateArray().Select(r => RowOf(rows[r.GetInt32()], automaton.Locations[n.At].Configuration.Timers.Length))))).ToArray();
        bool ranked = document.RootElement.GetProperty("claims").EnumerateArray().Any(c => c.TryGetProperty("time_passes", out _));

        // what takes no time, and fires no slow timer, gets into a node of lower rank
        bool GoesDown((int At, JsonElement N, Polyhedron? Set) from, Configuration before, Transition edge) => !ranked || (edge.Move.Timer >= 0 && slow[edge.Move.Timer])
            || from.Set!.Successor(ZeroTime.AtOnce(shapes.Of(before, edge.Move))) is not { } next
            || nodes.Any(n => n.At == edge.To && Rank(n.N) < Rank(from.N) && n.Set is { } own && own.Includes(next));
        static int Rank(JsonElement node) => node.GetProperty("rank").GetInt32();
        bool Inside(int location, Polyhedron set) => nodes.Any(n => n.At == location && n.Set is { } own && own.Includes(set));

        bool Follow(Configuration? before, Polyhedron set, Transition edge) =>
            set.Successor(shapes.Of(before, edge.Move)) is not { } next || (Inside(edge.To, next) && document.RootElement.GetProperty("claims").EnumerateArray().All(c => Holds(c, before, set, edge)));

        return automaton.Initial.All(e => Follow(null, Polyhedron.Universe(0), e))
            && nodes.All(n => n.Set is null || (automaton.Locations[n.At] is { Edges: { } edges } location
                && (!document.RootElement.GetProperty("claims").EnumerateArray().Any(c => c.TryGetProperty("never", out var flag) && location.Flags.Contains(flag.GetInt32())))
                && edges.All(e => Follow(location.Configuration, n.Set, e) && GoesDown(n, location.Configuration, e))));
    }

    /// <summary>Whether a run.json is a run along whose path the clock shows the bound, or comes as near to it as one likes: by images of points.</summary>
    public bool Permits(byte[] run, byte[] certificate)
    {
        using var document = JsonDocument.Parse(run);
        using var proof = JsonDocument.Parse(certificate);
        var root = document.RootElement;
        var claim = proof.RootElement.GetProperty("claims")[0];
        bool largest = claim.TryGetProperty("max", out var limit), strict = claim.GetProperty("strict").GetBoolean();
        if (!largest) limit = claim.GetProperty("min");
        long fine = (long)Integer(root.GetProperty("fine"));
        Configuration? at = null;
        Polyhedron set = Polyhedron.Universe(0), path = set;
        var moves = root.GetProperty("moves").EnumerateArray().ToArray();
        for (int i = 0; i < moves.Length; i++)
        {
            var edges = at is null ? automaton.Initial : automaton.Locations.Single(l => l.Configuration.Equals(at)).Edges!.Value;
            var edge = edges[moves[i][0].GetInt32()];
            var shape = shapes.Of(at, edge.Move);
            if (set.Successor(shape) is not { } next || path.Successor(shape) is not { } wide) return false;
            if (i == moves.Length - 1)
            {
                int clock = root.GetProperty("clock").GetInt32();
                if (root.GetProperty("ends").GetBoolean() && !edge.Move.Ended.Any(e => e.Clock < 0 ? clock < 0 : at is not null && clock >= 0 && e.Clock == at.Timers[clock])) return false;
                if (clock < 0) return Integer(limit[0]).IsZero;
                long[] sum = new long[at!.Timers.Length];
                sum[clock] += largest ? 1 : -1;
                if (shape.Firing >= 0) sum[shape.Firing] += largest ? 1 : -1;
                var extreme = (strict ? path : set).Guarded(shape)!.Supremum(sum);
                return extreme.IsBounded && extreme.Attained != strict && extreme.Value == new Rational(Integer(limit[0]), Integer(limit[1])) * (largest ? 1 : -1);
            }

            int[] fresh = [.. Enumerable.Range(0, edge.Move.Sources.Length).Where(k => edge.Move.Sources[k] < 0)];
            if (fresh.Length != moves[i].GetArrayLength() - 1) return false;
            var point = next.Rows.ToList();
            for (int k = 0; k < fresh.Length; k++)
            {
                long[] unit = new long[edge.Move.Sources.Length];
                unit[fresh[k]] = fine;
                point.Add(Row.Of(unit, (long)Integer(moves[i][k + 1])));
                unit[fresh[k]] = -fine;
                point.Add(Row.Of(unit, -(long)Integer(moves[i][k + 1])));
            }

            if (Polyhedron.FromRows(edge.Move.Sources.Length, point) is not { } one) return false;
            (at, set, path) = (edge.Move.Next, one, wide);
        }

        return false;
    }

    private bool Holds(JsonElement claim, Configuration? before, Polyhedron set, Transition edge)
    {
        if (claim.TryGetProperty("time_passes", out _)) return true; // see GoesDown
        if (claim.TryGetProperty("never", out var flag)) return !edge.Flags.Contains(flag.GetInt32());
        bool largest = claim.TryGetProperty("max", out var bound);
        if (!largest) bound = claim.GetProperty("min");
        var limit = new Rational(Integer(bound[0]), Integer(bound[1]));
        bool strict = claim.GetProperty("strict").GetBoolean();
        bool Keeps(Rational value, bool attained) => largest ? value < limit || (value == limit && !(strict && attained)) : value > limit || (value == limit && !(strict && attained));
        var clocks = largest ? (before?.Timers ?? []).Where(t => automaton.System.Timers[t].Kind == TimerKind.Clock) : edge.Move.Ended.Where(e => e.Clock >= 0).Select(e => e.Clock);
        var shape = shapes.Of(before, edge.Move);
        foreach (int clock in clocks)
        {
            long[] sum = new long[before!.Timers.Length];
            sum[Array.BinarySearch(before.Timers, clock)] += largest ? 1 : -1;
            if (shape.Firing >= 0) sum[shape.Firing] += largest ? 1 : -1;
            var extreme = set.Guarded(shape)!.Supremum(sum);
            if (!extreme.IsBounded || !Keeps(largest ? extreme.Value : -extreme.Value, extreme.Attained)) return false;
        }

        return edge.Move.Ended.All(e => e.Clock >= 0) || Keeps(Rational.Zero, true);
    }

    private static Row RowOf(JsonElement row, int dimensions)
    {
        long[] sum = new long[dimensions];
        for (int i = 2; i < row.GetArrayLength(); i += 2) sum[row[i].GetInt32()] += (long)Integer(row[i + 1]);
        return Row.Of(sum, (long)Integer(row[0]), row[1].GetInt32() == 1);
    }

    private static BigInteger Integer(JsonElement number) =>
        number.ValueKind == JsonValueKind.String ? BigInteger.Parse(number.GetString()!, System.Globalization.CultureInfo.InvariantCulture) : number.GetInt64();
}
