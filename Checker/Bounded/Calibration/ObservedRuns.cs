using System.Collections.Immutable;
using Irekae.Codegen.Validation;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Bounded.Calibration;

/// <summary>What a shown quantity is: a linear term, in nanoseconds.</summary>
internal sealed record Told(string Quantity, string Observation, string Term);

/// <summary>Low ≤ term ≤ high, in ticks; null: nothing is said on that side.</summary>
internal readonly record struct Bounded(string Term, Rational? Low, Rational? High)
{
    public IEnumerable<string> Formulas(Form form)
    {
        if (Low is { } low) yield return $"(<= {Number(low, form)} {Term})";
        if (High is { } high) yield return $"(<= {Term} {Number(high, form)})";
    }

    private static string Number(Rational value, Form form) => form == Form.Directions ? "0" : Encoding.Number(value);
}

/// <summary>What one observation says.</summary>
internal sealed record Said(Observation Observation, ImmutableArray<Trial> Runs, ImmutableArray<Bounded> Bounds)
{
    /// <summary>Its runs are possible, and their values as observed.</summary>
    public string Formula => Encoding.And(Runs.Select(run => run.Possible).Concat(Bounds.SelectMany(bound => bound.Formulas(Form.Exact))));
}

/// <summary>
/// The runs that observations speak of, and what the observations say of them.
/// <code>
///     max, min               the value of one sample: of some run
///     mean of n, few         n samples, each of some run, ascending; the largest is the max, the least the min, and their sum n times the mean
///     mean of n, many        between its least and largest sample:   (n−1)·least + largest ≤ n·mean ≤ least + (n−1)·largest
///     a total                of one run; a mean of n is its n-th part
/// </code>
/// With many samples the last is what has to hold; that values between are possible as well is not asked. Each value lies within its rounding.
/// </summary>
internal sealed class ObservedRuns
{
    private const int Few = 8;

    private readonly List<Trial> trials = [];
    private readonly List<string> always = [];
    private readonly List<Said> said = [];
    private readonly List<Told> told = [];
    private readonly CalibrationTask task;
    private readonly Dictionary<string, Frame> frames;

    /// <param name="frames">By <see cref="CalibrationTask.Place"/>.</param>
    /// <param name="explored">Told what has been explored, also of what does not come to its end.</param>
    public ObservedRuns(CalibrationTask task, Dictionary<string, Frame> frames, Questions questions, List<Explored> explored)
    {
        (this.task, this.frames) = (task, frames);
        var alone = task.Together.Where(set => set.Length == 1).Select(set => set[0]).ToList();
        foreach (var group in alone.GroupBy(o => o.Cell.Name)) Explore([.. group], Add);
        foreach (var set in task.Together.Where(set => set.Length > 1)) Explore(set, AddTogether);

        void Explore(ImmutableArray<Observation> readings, Action<ImmutableArray<Observation>> add)
        {
            var (ways, runs) = (questions.Ways, trials.Count);
            explored.Add(new Explored(readings, 0, false));
            try
            {
                add(readings);
                explored[^1] = new Explored(readings, trials.Skip(runs).Max(trial => trial.Ways), true);
            }
            catch (UnansweredException)
            {
                explored[^1] = new Explored(readings, questions.Ways - ways, false);
                throw;
            }
        }
    }

    /// <summary>One run, of which nothing is said but that the measurement can be read of it.</summary>
    public ObservedRuns(Frame frame, Measurement measured)
    {
        (task, frames) = (new CalibrationTask(_ => throw new NotSupportedException(), [], []), []);
        trials.Add(new Trial(frame, 0, [new Reading(0, measured.Total, measured.Beyond)]));
        always.Add(trials[0].Possible);
    }

    public IReadOnlyList<Trial> Trials => trials;

    /// <summary>Holds whatever is observed.</summary>
    public IReadOnlyList<string> Always => always;

    public IReadOnlyList<Said> Said => said;

    public IReadOnlyList<Told> Told => told;

    private void Add(ImmutableArray<Observation> group)
    {
        var (cell, measured) = (group[0].Cell, group[0].Measured);
        if (measured.Total)
        {
            foreach (var one in group)
            {
                var trial = NewTrial(measured, [one]);
                Say(trial, 0, one, one.Parts);
                Tell(one.Cell.FullName, [trial], 1);
            }

            return;
        }

        bool mean = group.Any(o => o.Cell.Statistic == Statistic.Mean);
        int count = mean && cell.Samples <= Few ? (int)cell.Samples : group.Length == 1 && !mean ? 1 : 2;
        var samples = Enumerable.Range(0, count).Select(_ => NewTrial(measured, [group[0]])).ToArray();
        for (int i = 1; i < count; i++) always.Add($"(<= {samples[i - 1].Value(0)} {samples[i].Value(0)})");
        foreach (var one in group)
        {
            switch (one.Cell.Statistic)
            {
                case Statistic.Max:
                    Say(samples[^1], 0, one, 1);
                    Tell(one.Cell.FullName, [samples[^1]], 1);
                    break;
                case Statistic.Min:
                    Say(samples[0], 0, one, 1);
                    Tell(one.Cell.FullName, [samples[0]], 1);
                    break;
                default:
                    SayMean(samples, one);
                    break;
            }
        }
    }

    private void SayMean(Trial[] samples, Observation one)
    {
        var values = samples.Select(sample => sample.Value(0)).ToArray();
        long n = one.Cell.Samples;
        var tick = samples[0].Frame.System.Tick;
        Rational low = one.Cell.Low * n / tick, high = one.Cell.High * n / tick;
        ImmutableArray<Bounded> bounds = n switch
        {
            1 => [new Bounded(values[0], low, high)],
            <= Few => [new Bounded($"(+ {string.Join(' ', values)})", low, high)],
            _ => [new Bounded($"(+ (* {n - 1} {values[0]}) {values[1]})", null, high), new Bounded($"(+ {values[0]} (* {n - 1} {values[1]}))", low, null)],
        };
        said.Add(new Said(one, [.. samples], bounds));
        if (n <= Few) Tell(one.Cell.FullName, samples, 1);
    }

    private void AddTogether(ImmutableArray<Observation> set)
    {
        var trial = NewTrial(set[0].Measured, set);
        for (int k = 0; k < set.Length; k++) Say(trial, k, set[k], set[k].Parts);
        Tell(string.Join('+', set.Select(o => o.Cell.FullName)), [trial], set.Length);
    }

    private Trial NewTrial(Measurement of, ImmutableArray<Observation> read)
    {
        var frame = frames[CalibrationTask.Place(of)];
        ImmutableArray<Reading> observed = [.. read.Select(o => new Reading(frame.Quantities.IndexOf(o.Measured.Quantity), o.Measured.Total, o.Measured.Beyond))];
        var shown = task.Shown.Select(shown => new Reading(frame.Quantities.IndexOf(shown.Quantity), false, AffineTime.Of(0)));
        var trial = new Trial(frame, trials.Count, [.. observed, .. shown]);
        // What never happens in such a run cannot be shown of it.
        if (!trial.Exists) trial = new Trial(frame, trials.Count, observed);
        trials.Add(trial);
        return trial;
    }

    private void Say(Trial trial, int reading, Observation one, long times)
    {
        var tick = trial.Frame.System.Tick;
        said.Add(new Said(one, [trial], [new Bounded(trial.Value(reading), one.Cell.Low * times / tick, one.Cell.High * times / tick)]));
    }

    /// <param name="first">Readings before those that are shown.</param>
    private void Tell(string observation, Trial[] runs, int first)
    {
        for (int k = 0; k < task.Shown.Length && runs.All(run => run.Readings > first + k); k++)
        {
            var values = runs.Select(run => run.Value(first + k)).ToArray();
            string sum = values.Length == 1 ? values[0] : $"(+ {string.Join(' ', values)})";
            told.Add(new Told(task.Shown[k].Name, observation, $"(* {Encoding.Number(runs[0].Frame.System.Tick / runs.Length)} {sum})"));
        }
    }
}
