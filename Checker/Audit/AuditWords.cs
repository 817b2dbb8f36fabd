using System.Diagnostics;
using Irekae.Model.Numbers;
using Irekae.Properties;

namespace Irekae.Checker.Audit;

/// <summary>Rulings and answers in words, in both languages of the pages.</summary>
public static class AuditWords
{
    public static string Of(Ruling ruling, bool japanese) => (ruling, japanese) switch
    {
        (Ruling.Reproduced, false) => "reproduced",
        (Ruling.Reproduced, true) => "再現",
        (Ruling.Follows, false) => "follows",
        (Ruling.Follows, true) => "成立",
        (Ruling.Depends, false) => "depends",
        (Ruling.Depends, true) => "条件による",
        (Ruling.Contradicted, false) => "contradicted",
        (Ruling.Contradicted, true) => "矛盾",
        (Ruling.Given, false) => "given",
        (Ruling.Given, true) => "前提",
        (Ruling.Undecidable, false) => "not decidable",
        (Ruling.Undecidable, true) => "判定不能",
        (Ruling.NotKnown, false) => "not known",
        (Ruling.NotKnown, true) => "不明",
        (Ruling.NotAudited, false) => "not audited yet",
        (Ruling.NotAudited, true) => "未監査",
        _ => throw new UnreachableException(ruling.ToString()),
    };

    /// <summary>What a ruling means, for a legend.</summary>
    public static string Meaning(Ruling ruling, bool japanese) => (ruling, japanese) switch
    {
        (Ruling.Reproduced, false) => "a figure of the paper is inside the exact interval of what it was predicted for, or comes out of other figures of the paper",
        (Ruling.Reproduced, true) => "論文の数値が，予測された量の正確な区間に入る，または論文の他の数値から得られる",
        (Ruling.Follows, false) => "it is proved of the model (every run, or a run that shows it), or there are values that explain it",
        (Ruling.Follows, true) => "モデルについて証明された（全実行について，またはそれを示す実行がある），または説明する値がある",
        (Ruling.Depends, false) => "it holds in some positions of a switch that the paper leaves open, and not in others",
        (Ruling.Depends, true) => "論文が定めていない条件によって，成り立つ場合と成り立たない場合がある",
        (Ruling.Contradicted, false) => "a run shows otherwise, or the figures contradict one another (the smallest such set is shown)",
        (Ruling.Contradicted, true) => "反例の実行がある，または数値が互いに矛盾する（最小の組を示す）",
        (Ruling.Given, false) => "the model was made with it: it is not predicted",
        (Ruling.Given, true) => "モデルの前提であり，予測ではない",
        (Ruling.Undecidable, false) => "neither text nor model can decide it (why is said)",
        (Ruling.Undecidable, true) => "本文とモデルからは決められない（理由を示す）",
        (Ruling.NotKnown, false) => "it was asked, and the program reached a limit",
        (Ruling.NotKnown, true) => "問い合わせたが，限界に達した",
        (Ruling.NotAudited, false) => "nothing has been asked of it yet",
        (Ruling.NotAudited, true) => "まだ問い合わせていない",
        _ => throw new UnreachableException(ruling.ToString()),
    };

    /// <summary>An answer without its command.</summary>
    public static string Of(Answer answer, bool japanese) => answer switch
    {
        Answer.OfProperty { Result: var result } => Property(result, japanese),
        Answer.OfFit fit => Fit(fit, japanese),
        Answer.OfSum sum => $"{sum.Written} = {Range(sum.Low, sum.High)}{Unless(sum.Outcome == Outcome.Holds, Printed(sum.Question), japanese)}",
        Answer.OfCell cell => Cell(cell, japanese),
        Answer.OfText { Outcome: Outcome.Given } text => $"{text.Spec}: `{text.Text}`",
        Answer.OfText text => japanese ? $"{text.Spec} に `{text.Text}` は無い" : $"{text.Spec} does not say `{text.Text}`",
        _ => throw new UnreachableException(answer.GetType().Name),
    };

    private static string Property(PropertyResult result, bool japanese)
    {
        string word = (result.Verdict, japanese) switch
        {
            (Verdict.Proved, false) => "proved",
            (Verdict.Proved, true) => "証明",
            (Verdict.Refuted, false) => "refuted",
            (Verdict.Refuted, true) => "反証",
            (_, false) => VerdictWords.Of(result.Verdict) + (VerdictWords.Reason(result.Verdict) is { } why ? ", " + why : ""),
            (_, true) => "不明",
        };
        string value = result.Value is { Exact: true, Endless: false } ? TimeText.Of(result.Value.Proved!.Value) : VerdictWords.Value(result);
        return value.Length == 0 ? word : $"{word}: {value}";
    }

    private static string Fit(Answer.OfFit fit, bool japanese)
    {
        if (fit.Why is not null) return japanese ? "不明" : $"not known: {fit.Why}";
        if (fit.Conflict.IsEmpty) return japanese ? "説明する値がある" : "values fit";
        string all = string.Join(japanese ? "，" : " and ", fit.Conflict.Select(c => $"`{c}`"));
        if (japanese) return fit.Conflict.Length == 1 ? $"値が無い: {all} だけで矛盾" : $"値が無い: {all} が互いに矛盾";
        return fit.Conflict.Length == 1 ? $"no value fits: {all} alone" : $"no value fits: {all} contradict one another";
    }

    private static string Cell(Answer.OfCell cell, bool japanese)
    {
        string range = (cell.Least, cell.Most) switch
        {
            ({ } low, { } high) => Range(low, high),
            ({ } low, null) => "≥ " + TimeText.Of(low),
            (null, { } high) => "≤ " + TimeText.Of(high),
            _ => "",
        };
        string model = range.Length == 0 ? "" : japanese ? $"; モデル {range}" : $"; model {range}";
        return $"{TimeText.Of(cell.Printed)}{model}{Unless(cell.Printed == Printed(cell.Question), Printed(cell.Question), japanese)}";
    }

    private static string Unless(bool same, Rational? printed, bool japanese) =>
        same || printed is not { } value ? "" : japanese ? $"，論文では {TimeText.Of(value)}" : $", where the paper has {TimeText.Of(value)}";

    private static Rational? Printed(Question question) => question switch
    {
        Question.Compute compute => Reckoning.Printed(compute.Printed).Value,
        Question.Measured measured => Reckoning.Printed(measured.Printed).Value,
        _ => null,
    };

    private static string Range(Rational low, Rational high) => low == high ? TimeText.Of(low) : $"{TimeText.Of(low)} .. {TimeText.Of(high)}";
}
