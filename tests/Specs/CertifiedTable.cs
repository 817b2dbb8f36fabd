using System.Text;
using System.Text.RegularExpressions;
using Irekae.Tests.Checker.Cli;

namespace Irekae.Tests.Specs;

/// <summary>
/// How many answers about the paper's systems are certified, and why the others are not: read from the answers beside the specifications, which
/// <see cref="ExpectedAnswerTests"/> keep. UPDATE_GOLDEN=1 rewrites the table of docs/seed-paper.md.
/// </summary>
public partial class CertifiedTable
{
    private static readonly string[] Folders = ["minix3", "ant", "linux-lkm", "rtl8139", "published"];

    [Fact]
    public void The_page_says_how_many_are_certified_and_why_not_all()
    {
        var table = new StringBuilder("| specification | proved | refuted | certified | no bound exists | a run is the proof | other reasons | runs replayed |\n|---|---|---|---|---|---|---|---|\n");
        foreach (string folder in Folders)
            foreach (string file in Directory.EnumerateFiles(Repository.Folder("specs", folder), "*.irk").Order(StringComparer.Ordinal))
                table.Append(Row($"{folder}/{Path.GetFileName(file)}", File.ReadAllText(Path.ChangeExtension(file, ".expected"))));
        Golden.Parts("seed-paper.md", ("certified", table.ToString()));
    }

    private static string Row(string name, string answer)
    {
        var verdicts = Verdicts().Match(answer);
        var certified = Certified().Match(answer);
        Assert.True(verdicts.Success && certified.Success, name);
        Assert.Equal("0", verdicts.Groups["unknown"].Value);
        int all = int.Parse(certified.Groups["all"].Value), some = int.Parse(certified.Groups["some"].Value);

        // A reason ends with the names that it is of; what does not fit goes on in the next lines, farther in.
        var reasons = Reason().Matches(answer).Select(m => Regex.Replace(m.Groups["text"].Value, @"\s+", " ")).Select(text => text.LastIndexOf(": ", StringComparison.Ordinal) is var colon
            ? (Why: text[..colon], Names: text[(colon + 2)..].Split(", ")) : default).ToList();
        string[] Names(Func<string, bool> why) => [.. reasons.Where(r => why(r.Why)).SelectMany(r => r.Names)];
        var (endless, shown) = (Names(w => w == "there is no bound"), Names(w => w == "a run shows it"));
        var others = Names(w => w is not ("there is no bound" or "a run shows it"));
        Assert.Equal(all - some, endless.Length + shown.Length + others.Length);
        return $"| [{name}](../specs/{name}) | {verdicts.Groups["proved"].Value} | {verdicts.Groups["refuted"].Value} | {some} of {all} | {Count(endless)} | {Count(shown)} | {string.Join(", ", others.Select(o => $"`{o}`"))} | {Replayed().Match(answer).Groups["runs"].Value} |\n";
    }

    private static string Count(string[] names) => names.Length == 0 ? "" : $"{names.Length}";

    [GeneratedRegex(@"(?m)^(?<proved>\d+) proved, (?<refuted>\d+) refuted, (?<unknown>\d+) unknown$")]
    private static partial Regex Verdicts();

    [GeneratedRegex(@"(?m)^  certified: (?<some>\d+) of (?<all>\d+),")]
    private static partial Regex Certified();

    [GeneratedRegex(@"(?m)^      - not certified, (?<text>.+(\n        .+)*)$")]
    private static partial Regex Reason();

    [GeneratedRegex(@"(?m)^  replayed: (?<runs>\d+) runs? by the generated simulator")]
    private static partial Regex Replayed();
}
