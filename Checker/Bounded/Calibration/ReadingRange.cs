using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Properties;

namespace Irekae.Checker.Bounded.Calibration;

/// <summary>Least and largest value of a measurement that no single occurrence shows, over all runs and parameter values.</summary>
/// <param name="Why">Why it is not known; else null.</param>
public sealed record ReadingRange(Extreme? Least, Extreme? Most, string? Why)
{
    /// <summary>
    /// The values of totals, and of quantities less a time that depends on a parameter, form no zone: they are found as those of a parameter are in
    /// <see cref="Calibrator"/>, along all ways, which have to be finitely many.
    /// </summary>
    /// <exception cref="DisagreementException">An error of this program.</exception>
    public static ReadingRange Of(BoundSystem system, Measurement measured, BoundedOptions options, CancellationToken cancel)
    {
        using var session = new Session(options, cancel);
        var questions = new Questions("validate", session);
        try
        {
            var frame = new Frame(0, system, [measured.Quantity], [], options.Depth, Calibrator.UsualWays, questions) { Whole = true };
            var runs = new ObservedRuns(frame, measured);
            if (!runs.Trials[0].Exists) return Unknown("no run shows it");
            using var search = new FitSearch(runs, [frame], frame.Longest, questions);
            var values = search.Values($"(* {Encoding.Number(frame.System.Tick)} {runs.Trials[0].Value(0)})", measured.Name, out string? unfinished);
            if (unfinished is not null) return Unknown(unfinished);
            if (!values.Complete || values.Pieces.IsEmpty) return Unknown(values.Complete ? "no run shows it" : "its values are in too many pieces");
            var (low, high) = (values.Pieces[0], values.Pieces[^1]);
            return new ReadingRange(End(low.Low, low.LowReached), high.High is { } most ? End(most, high.HighReached) : new Extreme(null, null, false, true), null);
        }
        catch (UnansweredException unanswered)
        {
            return Unknown(unanswered.Message);
        }
    }

    private static Extreme End(Rational value, bool reached) => new(value, value, reached, false) { Approached = !reached };

    private static ReadingRange Unknown(string why) => new(null, null, why);
}
