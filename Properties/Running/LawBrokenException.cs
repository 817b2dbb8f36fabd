using System.Text;

namespace Irekae.Properties.Running;

/// <summary>A run breaks a law. The message shows the smallest run that was found to break it, and how to run it again.</summary>
public sealed class LawBrokenException : ExplainedException
{
    internal LawBrokenException(DrawnRun found, DrawnRun smallest, Objection objection, int runs) : base(Text(found, smallest, objection, runs)) =>
        (Found, Smallest) = (found, smallest);

    /// <summary>As it was drawn.</summary>
    public DrawnRun Found { get; }

    public DrawnRun Smallest { get; }

    private static string Text(DrawnRun found, DrawnRun smallest, Objection objection, int runs)
    {
        var text = new StringBuilder($"the law does not hold: run {runs} breaks it, drawn from seed {found.Seed}");
        if (found.Moves != smallest.Moves) text.Append($" ({found.Moves} moves, shrunk to {smallest.Moves})");
        if (objection.Raised is { } raised) text.Append('\n').Append(raised.Message);
        return text.Append('\n').Append(smallest).ToString();
    }

    /// <summary>What is wrong with a run.</summary>
    /// <param name="Raised">What the law threw; null: it returned false.</param>
    internal sealed record Objection(Exception? Raised)
    {
        public bool Like(Objection other) => Raised?.GetType() == other.Raised?.GetType();
    }
}
