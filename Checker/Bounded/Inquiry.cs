using System.Collections.Immutable;
using System.Diagnostics;
using Irekae.Properties;

namespace Irekae.Checker.Bounded;

/// <summary>What is asked of an unrolling, stretch by stretch.</summary>
internal abstract class Inquiry(Unrolling unrolling, Questions questions)
{
    private readonly Stopwatch watch = new();

    protected Unrolling Unrolling => unrolling;

    protected Questions Questions => questions;

    /// <summary>All runs of so many moves were judged.</summary>
    public int Judged { get; private set; }

    /// <summary>Why longer ones were not; null: they were not asked for.</summary>
    public string? Unanswered { get; private set; }

    /// <summary>More need not be looked at.</summary>
    public bool Over => Settled || Unanswered is not null;

    protected abstract bool Settled { get; }

    /// <summary>Judges the runs that end within it.</summary>
    public void Look(Stretch stretch)
    {
        watch.Start();
        try
        {
            Judge(stretch);
            Judged = stretch.To;
        }
        catch (UnansweredException unanswered)
        {
            Unanswered = unanswered.Message;
        }

        watch.Stop();
    }

    /// <summary>The layers of the next stretch are missing.</summary>
    public void GiveUp(string why) => Unanswered ??= Settled ? null : why;

    /// <summary>One for each property or check.</summary>
    public abstract ImmutableArray<PropertyResult> Results(TimeSpan unrolled);

    /// <exception cref="UnansweredException">The solver did not answer.</exception>
    protected abstract void Judge(Stretch stretch);

    /// <summary>Every run has ended within what was judged.</summary>
    protected bool Everything => Unanswered is null && unrolling.Ended && !unrolling.Stops && Judged == unrolling.Depth;

    /// <summary>What follows where nothing was found.</summary>
    protected Verdict Nothing => this switch
    {
        { Unanswered: { } reason, Judged: 0 } => new Verdict.Unknown(reason),
        { Everything: true } => new Verdict.Proved(),
        _ => new Verdict.ProvedUpTo($"{Judged} moves"),
    };

    protected ImmutableArray<string> Notes => Unanswered is { } reason && Judged > 0 ? [$"{reason}: longer runs were not judged"] : [];

    protected Statistics Count(TimeSpan unrolled) =>
        new(unrolling.Stations, unrolling.Passages, (unrolled + watch.Elapsed).TotalSeconds) { LinearPrograms = questions.Asked + unrolling.Asked };
}
