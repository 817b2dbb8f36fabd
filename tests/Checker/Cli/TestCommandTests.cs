using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Irekae.Checker.Cli;

namespace Irekae.Tests.Checker.Cli;

/// <summary><c>irekae test</c> as continuous integration uses it.</summary>
public sealed partial class TestCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("irekae-test").FullName;
    private readonly string first = Repository.Folder("specs", "first", "first.irk");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string In(string name) => Path.Combine(folder, name);

    [Fact]
    public void What_fails_is_reported_in_every_form()
    {
        var printed = Console.InProcess("test", "--runs", "30", "--moves", "60", "--github", "--junit", In("j.xml"), "--sarif", In("s.sarif"), first);
        Assert.Equal(ExitCode.Refuted, printed.Code);
        Assert.Contains("random runs: passing is no proof; verify proves", printed.Out);
        Assert.Contains("3 passed (not proved), 1 failed, 0 open", printed.Out);
        int line = File.ReadLines(first).TakeWhile(text => !text.StartsWith("property too_tight", StringComparison.Ordinal)).Count() + 1;
        Assert.Contains($"::error file={first},line={line},col=1,title=irekae%3A too_tight::too_tight: max replacement <= 200 us: a run has ", printed.Out);

        var suite = XDocument.Load(In("j.xml")).Root!.Element("testsuite")!;
        Assert.Equal(("4", "1", "0"), (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value, suite.Attribute("skipped")!.Value));
        var failure = suite.Elements("testcase").Single(one => one.Attribute("name")!.Value == "too_tight").Element("failure")!;
        Assert.Contains("requester calls manager.update", failure.Value);
        Assert.Contains("the same run: run/1 ", failure.Value);

        using var sarif = JsonDocument.Parse(File.ReadAllText(In("s.sarif")));
        Assert.Equal("2.1.0", sarif.RootElement.GetProperty("version").GetString());
        var results = sarif.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().ToList();
        var rules = sarif.RootElement.GetProperty("runs")[0].GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()).ToList();
        Assert.All(results, result => Assert.Contains(result.GetProperty("ruleId").GetString(), rules));
        Assert.All(results, result => Assert.Equal(result.GetProperty("kind").GetString() == "fail", result.GetProperty("level").GetString() == "error"));
        var region = results.Single(result => result.GetProperty("kind").GetString() == "fail").GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region");
        Assert.Equal(line, region.GetProperty("startLine").GetInt32());
    }

    [Fact]
    public void A_specification_with_mistakes_is_reported_by_its_diagnostics()
    {
        string broken = Directory.EnumerateFiles(Repository.Folder("specs", "rejected"), "IRK1003*.irk").First();
        var printed = Console.InProcess("test", "--github", "--junit", In("j.xml"), "--sarif", In("s.sarif"), broken);
        Assert.Equal(ExitCode.BadInput, printed.Code);
        Assert.Contains("title=irekae%3A IRK1003::", printed.Out);
        Assert.Contains("IRK1003", XDocument.Load(In("j.xml")).Descendants("testcase").Select(one => one.Attribute("name")!.Value));
        Assert.Contains("irekae explain IRK1003", File.ReadAllText(In("s.sarif")));
    }

    [Fact]
    public void What_cannot_be_written_is_bad_input()
    {
        var printed = Console.InProcess("test", "--runs", "1", "-p", "bound", "--junit", In("no/such/folder.xml"), first);
        Assert.Equal(ExitCode.BadInput, printed.Code);
        Assert.Contains("cannot write '", printed.Error);
    }

    [Theory]
    [InlineData("no property is called 'bond'; there are: bound, too_tight, one, checks", "-p", "bond")]
    [InlineData("'0' is not a number from 1 on", "--runs", "0")]
    [InlineData("'x' is not a time such as 30s or 1.5ms", "--time", "x")]
    public void Bad_arguments_are_told(string expected, params string[] arguments)
    {
        var printed = Console.InProcess(["test", .. arguments, first]);
        Assert.Equal(ExitCode.BadInput, printed.Code);
        Assert.Contains(expected, printed.Error);
    }

    /// <summary>The commands of the workflow files, as they stand there but for where the program is.</summary>
    [Theory]
    [InlineData("github.yml")]
    [InlineData("gitlab.yml")]
    public void Workflows_run(string file)
    {
        var commands = Command().Matches(File.ReadAllText(Repository.Folder("docs", "ci", file))).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(2, commands.Count);
        foreach (string command in commands)
        {
            string[] words = [.. command.Split(' ').Select(word => word.StartsWith("irekae.", StringComparison.Ordinal) ? In(word) : word.StartsWith("specs/", StringComparison.Ordinal) ? Repository.Folder(word) : word)];
            var printed = Console.InProcess(words);
            Assert.True(printed.Code == ExitCode.Proved, printed.Out + printed.Error);
        }
        Assert.Equal("0", XDocument.Load(In("irekae.xml")).Root!.Attribute("failures")!.Value);
    }

    [GeneratedRegex(@"irekae/irekae (.+)$", RegexOptions.Multiline)]
    private static partial Regex Command();
}
