using System.Text;

namespace Irekae.Checker.Audit;

/// <summary>The answers as a page of Markdown: how many claims have which ruling, and a table of all. Nothing in it depends on the machine.</summary>
public static class AuditPage
{
    public static string Of(AuditResult result, bool japanese)
    {
        var page = new StringBuilder();
        string command = $"irekae audit {Path.GetDirectoryName(result.File.Path)!.Replace('\\', '/')}/ --markdown {(japanese ? "ja" : "en")}";
        page.Append(japanese ? "# 論文の主張の監査\n\n" : "# Every claim of the paper\n\n").Append(result.File.Title).Append("\n\n");
        page.Append(japanese
            ? $"この頁は `{command}` が作る．判定はすべて計算結果である．\n\n"
            : $"`{command}` writes this page; every ruling is computed. Claims and the questions asked for them are in [{result.File.Path}](../{result.File.Path}).\n\n");
        page.Append(japanese ? "| 判定 | 主張の数 | 意味 |\n|---|---|---|\n" : "| ruling | claims | meaning |\n|---|---|---|\n");
        foreach (var ruling in Enum.GetValues<Ruling>())
            page.Append($"| {AuditWords.Of(ruling, japanese)} | {result.Claims.Count(c => c.Ruling == ruling)} | {AuditWords.Meaning(ruling, japanese)} |\n");
        page.Append('\n').Append(japanese
            ? $"性質 {result.Properties} 個を検証し，うち {result.Certified} 個は検査済みの証明書を持つ．示された実行 {result.Replayed} 個は生成シミュレータで再生した．\n\n"
            : $"{result.Properties} properties were verified; {result.Certified} have a certificate that was checked, and a run that shows something shows the others. {result.Replayed} runs were followed by generated simulators.\n\n");
        page.Append(japanese ? "| 主張 | 節 | 内容 | 判定 | 根拠 |\n|---|---|---|---|---|\n" : "| claim | section | what it says | ruling | why |\n|---|---|---|---|---|\n");
        foreach (var one in result.Claims)
        {
            string says = japanese && one.Claim.Quote is { } quote ? $"「{quote}」" : one.Claim.Says;
            page.Append($"| {one.Claim.Id} | {one.Claim.Section} | {Cell(says)} | **{AuditWords.Of(one.Ruling, japanese)}** | {Cell(Why(one, japanese))} |\n");
        }
        return page.ToString();
    }

    private static string Why(Audited one, bool japanese)
    {
        if (one.Claim.Undecidable is { } why) return japanese ? why.Japanese : why.English;
        var parts = one.Answers.Select((answer, k) =>
        {
            string text = AuditWords.Of(answer, japanese) + (answer.Command.Length == 0 ? "" : $" (`{answer.Command}`)");
            if (k < one.Claim.Questions.Length) return text;
            var when = one.Claim.Cases[k - one.Claim.Questions.Length].When;
            return $"{(japanese ? when.Japanese : when.English)}: {text}";
        });
        return string.Join("<br>", parts.Distinct());
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
