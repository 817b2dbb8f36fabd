using Irekae.Checker.Explore;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Conformance;

/// <summary>
/// One change of durations, and what is known of how much of it explains a stretch. With a given amount the stretch is followed as ever, with wider intervals; that answers whether an amount
/// is enough. Along the path of one run the least amount with which it is a path is worked out with an unknown. So
/// <code>
///     lacking  &lt;  the least  ≤  enough
/// </code>
/// come together: enough falls to the least of another path whenever there is a run with less, in each step at least by half of what is between where that is a whole unit. When there is no run with less
/// than enough, enough is the least, whatever the path; it is a fraction where several durations share it.
/// </summary>
internal sealed class Trial(Stretch stretch, Duration duration, Way way)
{
    /// <summary>However much.</summary>
    public const long Any = long.MaxValue;

    /// <summary>Of numbers of states: the least amount that was too much to ask with so many.</summary>
    private readonly Dictionary<long, long> tooMuch = [];

    private long lacking;

    public Stretch Stretch => stretch;

    public Duration Duration => duration;

    public Way Way => way;

    public string Text => way == Way.Both ? duration.Name : $"{duration.Name}, {way.ToString().ToLowerInvariant()}";

    /// <summary>With so much some run explains the stretch, or with any more than that.</summary>
    public (Rational By, bool Attained)? Enough { get; private set; }

    /// <summary>Why a question was not answered.</summary>
    public string? Stopped { get; private set; }

    /// <summary>Whether a least up to an amount has been missed: it was asked for, and there was no answer.</summary>
    public bool IsOpen(long amount) => lacking < amount && !IsLeast && Stopped is not null;

    /// <summary>Whether <see cref="Enough"/> is the least.</summary>
    public bool IsLeast { get; private set; }

    /// <summary>Asks whether so much is enough, where that is not known and was not too much to ask before.</summary>
    public void Ask(long amount, Limits limits, CancellationToken cancel)
    {
        if (amount <= lacking || Enough?.By <= amount || tooMuch.Any(known => limits.States <= known.Key && amount >= known.Value)) return;
        switch (Try(amount == Any ? null : amount, false, limits, cancel))
        {
            case false:
                lacking = amount;
                break;
            case null:
                tooMuch[limits.States!.Value] = amount; // less than before, if there was any
                break;
        }
    }

    /// <summary>Looks for the least amount, of which one that is enough is known.</summary>
    public void Narrow(Func<Limits> limits, CancellationToken cancel)
    {
        while (Enough is var (by, attained) && !IsLeast)
        {
            // A run with less, or, where that much alone is not enough, with that much.
            if (Try(by, attained, limits(), cancel) is not { } less) return;
            IsLeast = !less;
            long middle = (lacking + (long)Enough.Value.By.Floor()) / 2;
            if (less && middle > lacking && middle < Enough.Value.By) Ask(middle, limits(), cancel);
        }
    }

    /// <returns>Null: that is not known, and <see cref="Stopped"/> says why.</returns>
    private bool? Try(Rational? amount, bool below, Limits limits, CancellationToken cancel)
    {
        if (limits.Time <= TimeSpan.Zero)
        {
            Stopped ??= "the time for it was over";
            return null;
        }

        try
        {
            long finer = (long)(amount?.Denominator ?? 1);
            if (stretch.Path(Relaxation.UpTo(duration.Intervals, way, (long?)amount?.Numerator, below), finer, limits, cancel, out string? stopped) is not { } path)
            {
                Stopped = stopped ?? Stopped;
                return stopped is null ? false : null;
            }

            if (stretch.LeastAlong(path, Relaxation.ByUnknown(duration.Intervals, way), finer, limits.Time!.Value, cancel) is { } least)
            {
                Enough = least;
                return true;
            }

            Stopped = "there was no time to tell how much is enough";
        }
        catch (CrowdedInstantException crowded)
        {
            Stopped = crowded.Message;
        }
        catch (ArithmeticException)
        {
            Stopped = "a number left 64 bits";
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            Stopped = "interrupted";
        }

        return null;
    }
}
