using System.Collections.Immutable;
using System.Numerics;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Bounded.Calibration;

/// <summary>
/// One run, on any of the ways of its frame; its readings are <c>x&lt;run&gt;_&lt;k&gt;</c>, in ticks.
/// <code>
///     l0_&lt;i&gt;_&lt;run&gt;     the run takes way i          l0_&lt;run&gt;     it takes some way
/// </code>
/// </summary>
internal sealed class Trial(Frame frame, int run, ImmutableArray<Reading> readings)
{
    private readonly ImmutableArray<Way> ways = frame.Ways(readings);

    public Frame Frame => frame;

    public int Ways => ways.Length;

    /// <summary>There is a way on which all of it can be read.</summary>
    public bool Exists => !ways.IsEmpty;

    public int Readings => readings.Length;

    public string Possible => $"l0_{run}";

    public string Value(int reading) => $"x{run}_{reading}";

    /// <summary>Says nothing unless <see cref="Possible"/> holds.</summary>
    public IEnumerable<string> Formulas() =>
        ways.Select((way, i) => $"(=> l0_{i}_{run} {Encoding.And(Formulas(way, Form.Exact))})")
            .Append($"(=> {Possible} {Encoding.Or(ways.Select((_, i) => $"l0_{i}_{run}"))})");

    public IEnumerable<string> Formulas(Way way, Form form) =>
        way.Rows.Select(row => row.Text(form, Own)).Concat(way.Values.Select((value, k) => $"(= {Value(k)} {value.Text(form, Own)})"));

    /// <summary>The way that the values found last take. The run is replayed by the interpreter, which has to read the same values.</summary>
    /// <exception cref="DisagreementException">It does not.</exception>
    public Way Taken(Solver solver)
    {
        var way = ways[Enumerable.Range(0, ways.Length).First(i => solver.Holds($"l0_{i}_{run}"))];
        Replay(way, name => solver.Value(Own(name)));
        return way;
    }

    private void Replay(Way way, Func<string, Rational> values)
    {
        var durations = way.Moves.Select(step => step.Durations.Select(duration => duration.At(values)).ToList()).ToList();
        var refinement = durations.SelectMany(d => d).Aggregate(BigInteger.One, (common, d) => common / BigInteger.GreatestCommonDivisor(common, d.Denominator) * d.Denominator);
        if (refinement > long.MaxValue || durations.SelectMany(d => d).Any(d => (d * refinement).Numerator > long.MaxValue / 1024)) return;
        var script = new RunScript((long)refinement, [.. way.Moves.Zip(durations, (step, all) => new ScriptStep(step.Move.Timer, step.Move.Choices, [.. all.Select(d => (long)(d * refinement).Numerator)]))]);
        if (Irekae.Model.Semantics.Runs.Replay(frame.System, script) is not Model.Semantics.Replay.Done done)
            throw new DisagreementException("a run that explains an observation cannot be replayed");
        var occurrences = Model.Semantics.Quantities.Of(done.Run).Occurrences.Where(o => o.Completed).ToList();
        for (int k = 0; k < readings.Length; k++)
        {
            var beyond = frame.Expression(readings[k].Beyond).At(values);
            var read = occurrences.Where(o => o.Quantity == readings[k].Quantity).Select(o => new Rational(o.Value, refinement) - beyond).ToList();
            var value = way.Values[k].At(values);
            if (readings[k].Total ? read.Aggregate(Rational.Zero, (sum, one) => sum + one) != value : !read.Contains(value))
                throw new DisagreementException($"the interpreter reads {string.Join(", ", read)} ticks where the solver has {value}");
        }
    }

    private string Own(string name) => name[0] == 'p' ? $"{name}_{frame.Index}" : $"{name}_{run}";
}
