using System.Text.RegularExpressions;
using Irekae.Tests.Laws;

namespace Irekae.Tests.Checker.Cli;

/// <summary>A specification's answer stands beside it, as the user sees it. UPDATE_GOLDEN=1 writes what is seen now.</summary>
public class ExpectedAnswerTests
{
    private static readonly string[] Elsewhere = ["specs/rejected/", "specs/textbook/"];

    /// <summary>Their tables are computed every time (tests/Specs); that each answer is certified, and each run replayed, is a campaign's.</summary>
    private static readonly string[] Dear =
    [
        "specs/ant/priority.expected", "specs/ant/scale.expected", "specs/ant/survive.expected", "specs/linux-lkm/survive.expected",
        "specs/minix3/load.expected", "specs/minix3/queues.expected", "specs/minix3/survive.expected",
    ];

    public static TheoryData<string> Answered() =>
    [
        .. Directory.EnumerateFiles(Repository.Folder("specs"), "*.expected", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Folder(), path).Replace('\\', '/'))
            .Where(path => !Array.Exists(Elsewhere, path.StartsWith))
            .Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void The_seed_case_and_the_first_look_have_answers() =>
        Assert.Superset(new HashSet<string> { "specs/ant/ant.expected", "specs/first/first.expected", "specs/minix3/minix3.expected" }, Answered().Select(row => row.Data).ToHashSet());

    [Theory]
    [MemberData(nameof(Answered))]
    public void The_answer_is_the_expected_one(string expected)
    {
        if (Dear.Contains(expected) && Campaign.Size(0, 1) == 0) Assert.Skip("a long one: only in a campaign");
        string seen = Console.Program("verify", Path.ChangeExtension(expected, ".irk")).StableOut;
        if (Golden.Update) File.WriteAllText(Repository.Folder(expected), seen);
        Assert.Equal(File.ReadAllText(Repository.Folder(expected)), seen);
    }

    [Fact]
    public void The_answer_for_programs_conforms_and_is_the_expected_one()
    {
        string seen = Console.Program("verify", "--json", "specs/first/first.irk").Out.ReplaceLineEndings("\n");
        JsonReportTests.Conforms(seen);
        Golden.Check("first.json", Regex.Replace(seen, @"(""(?:states|moves|(?:certify_|check_)?seconds|configurations|linear_programs)"": )[\d.eE+-]+", "${1}0"));
    }
}
