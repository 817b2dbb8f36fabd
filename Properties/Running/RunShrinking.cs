using System.Numerics;
using Irekae.Model.Numbers;

namespace Irekae.Properties.Running;

/// <summary>
/// Smaller runs, boldest first. Smaller means: fewer moves; then fewer choices other than the first possible move; then rounder times; then
/// times nearer to the lower ends of their intervals. Each is run anew by the interpreter, so each is a run of the specification.
/// </summary>
public static class RunShrinking
{
    /// <summary>Runs that are tried before the smallest one found so far is taken for the smallest.</summary>
    public const int MostTries = 20_000;

    /// <summary>For a caller that knows no more than whether a run fails. <see cref="Smallest"/> gets further: it cuts each failing run where it fails.</summary>
    public static IEnumerable<DrawnRun> Smaller(this DrawnRun run) =>
        Candidates(run).Select(run.Source.From).Where(smaller => smaller.Size.CompareTo(run.Size) < 0);

    /// <summary>The smallest run that still fails, going down greedily.</summary>
    /// <param name="fails">True of <paramref name="run"/> itself.</param>
    public static DrawnRun Smallest(this DrawnRun run, Func<DrawnRun, bool> fails, int mostTries = MostTries, CancellationToken cancel = default)
    {
        int tries = 0;
        run = Shortest(run, fails, ref tries);
        for (bool again = true; again;)
        {
            again = false;
            foreach (var decisions in Candidates(run))
            {
                if (cancel.IsCancellationRequested || tries++ >= mostTries) return run;
                var other = run.Source.From(decisions);
                if (!fails(other)) continue;
                other = Shortest(other, fails, ref tries);
                if (other.Size.CompareTo(run.Size) >= 0) continue;
                (run, again) = (other, true);
                break;
            }
        }
        return run;
    }

    /// <summary>A beginning of the run that fails while the one that is one move shorter does not.</summary>
    private static DrawnRun Shortest(DrawnRun run, Func<DrawnRun, bool> fails, ref int tries)
    {
        if (run.Recorded is not { } recorded) return run;
        var own = recorded.Decisions(run);
        int passing = 0;
        while (run.Moves - passing > 1)
        {
            int middle = passing + ((run.Moves - passing) / 2);
            var beginning = run.Source.From(own with { Moves = middle });
            tries++;
            if (fails(beginning)) run = beginning;
            else passing = middle;
        }
        return run;
    }

    private static IEnumerable<Decisions> Candidates(DrawnRun run)
    {
        if (run.Recorded is not { } recorded) yield break;
        var own = recorded.Decisions(run);
        for (int cut = run.Moves / 2; cut > 0; cut /= 2) yield return own with { Moves = run.Moves - cut };
        if (!own.Offsets.IsEmpty) yield return own with { Offsets = own.Offsets.Clear() };
        foreach (var shorter in RunWindows.CutOut(run, recorded, own)) yield return shorter;
        foreach (var (timer, offsets) in own.Offsets)
        {
            if (offsets.Any(offset => offset != 0)) yield return own with { Offsets = own.Offsets.Remove(timer) };
        }
        if (!own.Choices.IsEmpty) yield return own with { Choices = [] };
        for (int at = own.Choices.Length - 1; at >= 0; at--)
        {
            if (own.Choices[at] == 0) continue;
            yield return own with { Choices = own.Choices.RemoveAt(at) };
            yield return own with { Choices = own.Choices.SetItem(at, 0) };
            if (own.Choices[at] > 1) yield return own with { Choices = own.Choices.SetItem(at, own.Choices[at] - 1) };
        }
        var scale = RunSize.FineTicksPerNanosecond(run);
        foreach (var (timer, durations) in recorded.Durations)
        {
            for (int at = durations.Count - 1; at >= 0; at--)
            {
                if (durations[at].Value != durations[at].Low) yield return own.With(timer, own.Offsets[timer].RemoveAt(at));
                foreach (long value in Rounder(durations[at], scale)) yield return own.With(timer, own.Offsets[timer].SetItem(at, value - durations[at].Low));
            }
        }
        foreach (var shorter in RunWindows.InPairs(recorded, own)) yield return shorter;
    }

    /// <summary>The lower end, the upper end, round times on both sides from the roundest on, then what halves the distance to the lower end.</summary>
    private static IEnumerable<long> Rounder(RecordingChooser.Drawn drawn, Rational fineTicksPerNanosecond)
    {
        if (drawn.Value == drawn.Low) yield break;
        yield return drawn.Low;
        if (drawn.High is { } high && high != drawn.Value) yield return high;
        for (BigInteger unit = 1_000_000_000; unit > 0; unit /= 10)
        {
            foreach (int factor in (int[])[5, 2, 1])
            {
                var fine = fineTicksPerNanosecond * (unit * factor);
                if (!fine.IsInteger || fine.Numerator > long.MaxValue / 4) continue;
                long step = (long)fine.Numerator;
                long below = drawn.Value / step * step, above = below > long.MaxValue - step ? below : below + step;
                if (below > drawn.Low && below != drawn.Value) yield return below;
                if (below != drawn.Value && above > drawn.Low && (drawn.High is not { } end || above < end)) yield return above;
            }
        }
        yield return drawn.Low + ((drawn.Value - drawn.Low) / 2);
        yield return drawn.Value - 1;
    }
}
