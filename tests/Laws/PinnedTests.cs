using Irekae.Checker.Verification;

namespace Irekae.Tests.Laws;

/// <summary>
/// Systems on which the program was once wrong, cut down, each with what is right beside it: lines of a name and its settled answer.
/// </summary>
public sealed class PinnedTests
{
    public static TheoryData<string> Names() => [.. Directory.EnumerateFiles(Folder, "*.irk").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    private static string Folder => Repository.Folder("tests", "Laws", "Pinned");

    [Theory]
    [MemberData(nameof(Names))]
    public void The_answer_is_right(string name)
    {
        var system = Drawn.Bind(File.ReadAllText(Path.Combine(Folder, name + ".irk")), name);
        var expected = File.ReadAllLines(Path.Combine(Folder, name + ".expected"));
        Assert.NotEmpty(expected);
        foreach (var options in new[] { new VerifyOptions { Threads = 1 }, Answers.Usual, Answers.Usual with { Theorems = false } })
        {
            var results = Answers.Of(system, options);
            Assert.Equal(expected, expected.Select(line => line.Split(' ')[0]).Select(asked => $"{asked} {Answers.Settled(results.Single(r => r.Name == asked)) ?? "unsettled"}"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_run_that_is_shown_replays(string name)
    {
        var system = Drawn.Bind(File.ReadAllText(Path.Combine(Folder, name + ".irk")), name);
        foreach (var result in Answers.Of(system).Where(r => r.Witness is not null)) Answers.Replayed(system, result, what => $"{name}: {what}");
    }
}
