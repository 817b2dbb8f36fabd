using System.Collections.Immutable;
using Irekae.Model.Numbers;
using Irekae.Properties;

namespace Irekae.Checker.Audit;

/// <summary>What an answer says of the question's claim.</summary>
public enum Outcome
{
    Holds,
    Fails,

    /// <summary>It was put into the model.</summary>
    Given,

    NotKnown,
}

/// <summary>What a question came to.</summary>
/// <param name="Figure">A figure of the paper was met, not only a statement.</param>
/// <param name="Command">What asks it again; empty: plain arithmetic.</param>
public abstract record Answer(Question Question, Outcome Outcome, bool Figure, string Command)
{
    public sealed record OfProperty(Question Question, Outcome Outcome, string Command, PropertyResult Result) : Answer(Question, Outcome, false, Command);

    /// <param name="Conflict">The smallest set of observations that contradict one another; empty: values fit, or <paramref name="Why"/> says why nothing is known.</param>
    public sealed record OfFit(Question Question, Outcome Outcome, string Command, ImmutableArray<string> Conflict, string? Why) : Answer(Question, Outcome, false, Command);

    /// <param name="High">The same as <paramref name="Low"/> for a single value. Nanoseconds.</param>
    public sealed record OfSum(Question Question, Outcome Outcome, string Written, Rational Low, Rational High) : Answer(Question, Outcome, true, "");

    /// <param name="Least">Null: not compared, or not known. Nanoseconds.</param>
    /// <param name="Most">Null: not compared, or not known.</param>
    public sealed record OfCell(Question Question, Outcome Outcome, string Command, Rational Printed, Rational? Least, Rational? Most) : Answer(Question, Outcome, true, Command);

    public sealed record OfText(Question Question, Outcome Outcome, string Spec, string Text) : Answer(Question, Outcome, false, "");
}

/// <summary>What becomes of a claim.</summary>
public enum Ruling
{
    /// <summary>A figure of the paper comes out.</summary>
    Reproduced,

    /// <summary>It is so in every run of the model.</summary>
    Follows,

    /// <summary>It holds in some positions of a switch that the paper leaves open, and not in others.</summary>
    Depends,

    Contradicted,

    /// <summary>The model was made with it.</summary>
    Given,

    Undecidable,

    /// <summary>It was asked, and the program does not know.</summary>
    NotKnown,

    /// <summary>Nothing has been asked yet.</summary>
    NotAudited,
}

/// <param name="Answers">Of the questions, then of the cases, in order.</param>
public sealed record Audited(Claim Claim, Ruling Ruling, ImmutableArray<Answer> Answers)
{
    public static Audited Of(Claim claim, ImmutableArray<Answer> answers) => new(claim, Rule(claim, answers), answers);

    private static Ruling Rule(Claim claim, ImmutableArray<Answer> answers)
    {
        if (answers.IsEmpty) return claim.Undecidable is null ? Ruling.NotAudited : Ruling.Undecidable;
        var questions = answers[..claim.Questions.Length];
        var cases = answers[claim.Questions.Length..];
        if (questions.Any(a => a.Outcome == Outcome.Fails)) return Ruling.Contradicted;
        if (answers.Any(a => a.Outcome == Outcome.NotKnown)) return Ruling.NotKnown;
        if (!cases.IsEmpty && cases.All(a => a.Outcome == Outcome.Fails)) return Ruling.Contradicted;
        if (cases.Any(a => a.Outcome == Outcome.Fails)) return Ruling.Depends;
        if (answers.All(a => a.Outcome == Outcome.Given)) return Ruling.Given;
        return answers.Any(a => a.Outcome == Outcome.Holds && a.Figure) ? Ruling.Reproduced : Ruling.Follows;
    }
}

/// <param name="Certified">Of the properties asked: how many have a certificate that was checked.</param>
/// <param name="Replayed">Runs that a generated simulator has followed.</param>
public sealed record AuditResult(ClaimsFile File, ImmutableArray<Audited> Claims, int Properties, int Certified, int Replayed);
