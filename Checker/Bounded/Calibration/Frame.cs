using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Bounded.Calibration;

/// <summary>What is read of a run.</summary>
/// <param name="Quantity">Place in the frame's quantities.</param>
/// <param name="Total">The sum of all occurrences of a run that has ended; else any one occurrence.</param>
internal sealed record Reading(int Quantity, bool Total, AffineTime Beyond);

/// <summary>
/// One variant's system. Its parameters <c>p</c> count its own ticks; the unknowns <c>g</c> that all frames share count nanoseconds, and a
/// parameter that a variant has fixed is no unknown there.
/// </summary>
internal sealed class Frame
{
    private readonly ImmutableArray<(int Timer, int Unknown, Interval Range)> parameters;
    private readonly Dictionary<string, ImmutableArray<Way>> known = [];
    private readonly int depth, most;
    private readonly Questions questions;

    /// <param name="unknowns">Names of the parameters; a parameter's place is its number. Grows.</param>
    /// <param name="most">Ways that are looked at for one set of readings.</param>
    public Frame(int index, BoundSystem system, ImmutableArray<Quantity> quantities, List<string> unknowns, int depth, int most, Questions questions)
    {
        (Index, Quantities, this.depth, this.most, this.questions) = (index, quantities, depth, most, questions);
        System = TransitionSystem.Compile(system, new Model.Semantics.Observation(quantities, [], [], null, []));
        parameters =
        [
            .. System.Timers.Where(timer => timer.Kind == TimerKind.Parameter).Select(timer =>
            {
                string name = system.Parameters[timer.Subject].Name;
                if (!unknowns.Contains(name)) unknowns.Add(name);
                return (timer.Id, unknowns.IndexOf(name), system.Parameters[timer.Subject].Range);
            }),
        ];
    }

    public int Index { get; }

    public TransitionSystem System { get; }

    public ImmutableArray<Quantity> Quantities { get; }

    /// <summary>Nothing can be said once some way is longer than the depth, so there is no answer then.</summary>
    public bool Whole { get; init; }

    /// <summary>Some way was longer than the depth.</summary>
    public bool Cut { get; private set; }

    public int Longest { get; private set; }

    public ImmutableArray<Way> Ways(ImmutableArray<Reading> readings)
    {
        string key = string.Join(';', readings.Select(r => $"{r.Quantity} {r.Total} {AffineArithmetic.Print(r.Beyond)}"));
        if (known.TryGetValue(key, out var found)) return found;
        var search = new WaySearch(this, readings, depth, most, questions);
        found = search.Find();
        (Cut, Longest) = (Cut | search.Cut, Math.Max(Longest, search.Longest));
        return known[key] = found;
    }

    /// <summary>Ties the parameters of this frame to the unknowns, and says their ranges.</summary>
    public IEnumerable<string> Links(Form form)
    {
        foreach (var (timer, unknown, range) in parameters)
        {
            yield return $"(= (* {Encoding.Number(System.Tick)} p{timer}_{Index}) g{unknown})";
            yield return $"(>= g{unknown} {Encoding.Number(form == Form.Directions ? 0 : range.Low.Constant)})";
            if (range.High is { } high) yield return $"(<= g{unknown} {Encoding.Number(form == Form.Directions ? 0 : high.Constant)})";
        }
    }

    /// <summary>Parameters that decide something on the ways that were looked at.</summary>
    public IEnumerable<int> Deciding() =>
        parameters.Where(p => known.Values.Any(ways => ways.Any(way => way.Rows.Any(row => row.Expression.Terms.ContainsKey($"p{p.Timer}")) || way.Values.Any(v => v.Terms.ContainsKey($"p{p.Timer}")))))
            .Select(p => p.Unknown);

    /// <summary>A time, in ticks.</summary>
    public Linear Expression(AffineTime time) => time.Terms.Aggregate(Linear.Of(time.Constant / System.Tick), (sum, term) =>
        sum + new Linear(0, Linear.Zero.Terms.Add($"p{System.Timers.First(t => t.Kind == TimerKind.Parameter && t.Subject == term.Parameter.Index).Id}", term.Factor)));
}
