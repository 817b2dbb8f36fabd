using System.Collections.Immutable;
using Irekae.Codegen.Validation;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;

namespace Irekae.Codegen.Emit;

/// <summary>How the durations of a system are drawn: uniformly from their intervals, unless an experiment says otherwise.</summary>
public sealed class Durations
{
    private readonly ImmutableArray<DrawnDuration> draws;
    private readonly Dictionary<DrawRule, EmpiricalValues> values = new(ReferenceEqualityComparer.Instance);

    private Durations(ImmutableArray<DrawnDuration> draws, DrawRule? anyTime, (Rational, Rational)? window)
    {
        this.draws = draws;
        AnyTime = anyTime;
        Window = window;
    }

    public static Durations Uniform { get; } = new([], null, null);

    /// <summary>How much longer than its least something takes that may take any time; null: uniformly, as whoever runs it says.</summary>
    public DrawRule? AnyTime { get; }

    /// <summary>Where that is drawn from, in nanoseconds; null: from 0 on.</summary>
    public (Rational Low, Rational High)? Window { get; }

    /// <summary>Reads the files that an experiment draws from.</summary>
    /// <exception cref="MistakenDataException">Some are not what they should be.</exception>
    public static Durations Of(Experiment? experiment)
    {
        if (experiment is null) return Uniform;
        var durations = new Durations(experiment.Draws, experiment.DrawnAnyTime, experiment.AnyTime);
        var mistakes = ImmutableArray.CreateBuilder<Mistake>();
        foreach (var rule in experiment.Draws.Select(draw => draw.Rule).Append(experiment.DrawnAnyTime).OfType<DrawRule.Empirical>())
        {
            var read = EmpiricalValues.Read(rule, mistakes);
            if (read is not null) durations.values.Add(rule, read);
        }

        return mistakes.Count == 0 ? durations : throw new MistakenDataException(mistakes.ToImmutable());
    }

    /// <summary>Null: uniformly.</summary>
    public DrawRule? Of(Interval? interval) => interval is null ? null : draws.FirstOrDefault(draw => ReferenceEquals(draw.Interval, interval))?.Rule;

    public EmpiricalValues ValuesOf(DrawRule.Empirical rule) => values[rule];

    /// <summary>Columns that are drawn from, in the order of the experiment.</summary>
    public IEnumerable<DrawRule.Empirical> Columns => draws.Select(draw => draw.Rule).Append(AnyTime).OfType<DrawRule.Empirical>();
}
