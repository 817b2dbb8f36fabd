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
    /// <param name="options">The depth limits the runs; the time all questions together.</param>
    /// <exception cref="DisagreementException">An error of this program.</exception>
    public static CalibrationResult Calibrate(CalibrationTask task, BoundedOptions options, CancellationToken cancel)
    {
        using var session = new Session(options, cancel);
        var questions = new Questions("calibrate", session);
        int depth = 0;
        bool all = false;
        Fit fit;
        try
        {
            var unknowns = new List<string>();
            var frames = new Dictionary<string, Frame>();
            foreach (var group in task.Observations.GroupBy(o => CalibrationTask.Place(o.Measured)))
            {
                var system = task.Systems(group.First().Measured);
                var quantities = group.Select(o => o.Measured.Quantity).Concat(task.Shown.Select(shown => shown.Quantity)).Distinct();
                frames.Add(group.Key, new Frame(frames.Count, system, [.. quantities], unknowns, options.Depth, questions));
            }

            var runs = new ObservedRuns(task, frames);
            (depth, all) = (frames.Values.Max(frame => frame.Longest), frames.Values.All(frame => !frame.Cut));
            using var search = new FitSearch(runs, frames.Values, depth, questions);
            fit = search.Conflict() is { } none ? none : Found(task, search, unknowns, [.. frames.Values.SelectMany(frame => frame.Deciding())]);
        }
        catch (UnansweredException unanswered)
        {
            fit = new Fit.Unknown(unanswered.Message);
        }

        return new CalibrationResult(fit, depth, all, questions.Asked, session.Elapsed);
    }

    private static Fit.Found Found(CalibrationTask task, FitSearch search, List<string> unknowns, HashSet<int> deciding)
    {
        var declared = task.Observations.SelectMany(o => task.Systems(o.Measured).Parameters).DistinctBy(p => p.Name);
        return new Fit.Found(
            [.. declared.Where(p => deciding.Contains(unknowns.IndexOf(p.Name))).Select(p => new FittedParameter(p.Name, p.Range, search.Values($"g{unknowns.IndexOf(p.Name)}", p.Name)))],
            [.. search.Runs.Told.Select(told => new ShownQuantity(told.Quantity, told.Observation, search.Values(told.Term, $"{told.Quantity} in {told.Observation}")))]);
    }
}
