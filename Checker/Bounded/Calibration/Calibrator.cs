using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Bounded.Calibration;

/// <summary>
/// The set of parameter values with which all observations are possible. The ways through the automaton are found with all durations and parameters
/// open; the solver finds values with which each observation has its run, and that run is replayed. Ways are finitely many, and along one way for
/// each run the values fill an interval (a projection of a convex set), whose ends <see cref="Summit"/> finds; the question is asked again outside of the intervals found
/// so far until there is no other value. So both sides of every end are the solver's: values up to it, none beyond. No optimiser is used.
/// </summary>
public static class Calibrator
{
    /// <summary>Ways that are looked at for one set of readings, unless said otherwise.</summary>
    public const int UsualWays = 5_000;

    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(250);

    /// <param name="options">The depth limits the runs; the time all questions together.</param>
    /// <param name="cancel">Ends with what is known.</param>
    /// <param name="ways">With more ways than these, for one set of readings, there is no answer.</param>
    /// <exception cref="DisagreementException">An error of this program.</exception>
    public static CalibrationResult Calibrate(
        CalibrationTask task, BoundedOptions options, CancellationToken cancel, int ways = UsualWays, IProgress<CalibrationProgress>? progress = null)
    {
        using var session = new Session(options, cancel);
        var questions = new Questions("calibrate", session);
        string doing = "ways through the system", said = "";
        var reported = TimeSpan.Zero;
        if (progress is not null)
            questions.Asking = () =>
            {
                if (doing == said && session.Elapsed - reported < ReportInterval) return;
                (said, reported) = (doing, session.Elapsed);
                progress.Report(new CalibrationProgress(doing, questions.Ways, questions.Asked, reported));
            };
        int depth = 0;
        bool all = false;
        var explored = new List<Explored>();
        Fit fit;
        try
        {
            var unknowns = new List<string>();
            var frames = new Dictionary<string, Frame>();
            foreach (var group in task.Observations.GroupBy(o => CalibrationTask.Place(o.Measured)))
            {
                var system = task.Systems(group.First().Measured);
                var quantities = group.Select(o => o.Measured.Quantity).Concat(task.Shown.Select(shown => shown.Quantity)).Distinct();
                frames.Add(group.Key, new Frame(frames.Count, system, [.. quantities], unknowns, options.Depth, ways, questions));
            }

            var runs = new ObservedRuns(task, frames, questions, explored);
            (depth, all) = (frames.Values.Max(frame => frame.Longest), frames.Values.All(frame => !frame.Cut));
            using var search = new FitSearch(runs, frames.Values, depth, questions);
            doing = "whether all observations are possible at once";
            fit = search.Conflict() is { } none ? none : Found(task, search, unknowns, [.. frames.Values.SelectMany(frame => frame.Deciding())], what => doing = $"values of {what}");
        }
        catch (UnansweredException unanswered)
        {
            var begun = explored.SelectMany(one => one.Observations).ToHashSet();
            fit = new Fit.Unknown(unanswered.Message, [.. explored, .. task.Together.Where(set => !set.All(begun.Contains)).Select(set => new Explored(set, 0, false))]);
        }

        return new CalibrationResult(fit, depth, all, questions.Asked, session.Elapsed);
    }

    /// <summary>What has no answer, because time is up or it was interrupted, is left out, and what has a part of one is marked.</summary>
    private static Fit.Found Found(CalibrationTask task, FitSearch search, List<string> unknowns, HashSet<int> deciding, Action<string> begin)
    {
        var declared = task.Observations.SelectMany(o => task.Systems(o.Measured).Parameters).DistinctBy(p => p.Name);
        string? why = null;
        Values? ValuesOf(string term, string what)
        {
            if (why is not null) return null;
            begin(what);
            var values = search.Values(term, what, out why);
            return values.Pieces.IsEmpty ? null : values;
        }

        var parameters = declared.Where(p => deciding.Contains(unknowns.IndexOf(p.Name)))
            .Select(p => ValuesOf($"g{unknowns.IndexOf(p.Name)}", p.Name) is { } values ? new FittedParameter(p.Name, p.Range, values) : null).OfType<FittedParameter>().ToImmutableArray();
        var shown = search.Runs.Told
            .Select(told => ValuesOf(told.Term, $"{told.Quantity} in {told.Observation}") is { } values ? new ShownQuantity(told.Quantity, told.Observation, values) : null).OfType<ShownQuantity>().ToImmutableArray();
        return new Fit.Found(parameters, shown) { Unfinished = why };
    }
}
