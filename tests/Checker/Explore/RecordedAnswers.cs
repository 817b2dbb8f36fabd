using System.Security.Cryptography;
using System.Text;
using Irekae.Checker.Verification;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Properties;
using Irekae.Properties.Generators;
using Irekae.Tests.Laws;

namespace Irekae.Tests.Checker.Explore;

/// <summary>
/// What the verifier says of many small systems, as it was when this was recorded: verdicts, values and how they are known, runs, and how many states, moves and linear programs it took. One
/// digest a system. The laws say what must be so; this says that something is no longer as it was, and is a reference when changes are planted by a tool.
/// UPDATE_GOLDEN=1 records anew, when the explorer was changed on purpose.
/// </summary>
public class RecordedAnswers
{
    private static readonly Profile[] Kinds = [Profile.Tiny, Profile.Whole, Profile.ThereAndBack, Profile.Sharing, Profile.Busy];

    private static string Expected => Repository.Folder("tests", "golden", "explored.txt");

    /// <summary>States alone end an exploration, so that it is the same on every machine.</summary>
    private static VerifyOptions Options(bool theorems) => new() { StateLimit = 120, Threads = 1, CompareTies = false, Theorems = theorems, MergeAbove = 12 };

    [Fact]
    public void Every_answer_is_what_it_was()
    {
        var systems = Systems();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") File.WriteAllLines(Expected, systems.Select(Line));
        string[] expected = File.ReadAllLines(Expected);
        int k = 0;
        // The first that differs says enough.
        foreach (var system in systems) Assert.Equal(k < expected.Length ? expected[k++] : "no more systems", Line(system));
        Assert.Equal(expected.Length, k);
    }

    private static IEnumerable<(string Name, BoundSystem System, bool Theorems)> Systems()
    {
        for (ulong seed = 1; seed <= 60; seed++)
            yield return ($"seed {seed}", Drawn.Of(seed, Kinds[seed % (ulong)Kinds.Length]).System, seed % 2 == 0);
    }

    private static string Line((string Name, BoundSystem System, bool Theorems) of)
    {
        var text = new StringBuilder();
        try
        {
            foreach (var result in Verifier.Verify(_ => of.System, Options(of.Theorems), null, CancellationToken.None).Results) Say(text, result);
        }
        catch (OverflowException)
        {
            text.Append("crowded");
        }

        return $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16]} {of.Name}";
    }

    private static void Say(StringBuilder text, PropertyResult result)
    {
        var s = result.Statistics;
        text.Append($"{result.Name} {result.Verdict} {result.ForAllTime} {result.Value} {result.Method} {s.States} {s.Moves} {s.Configurations} {s.LinearPrograms} {s.Merges} {string.Join("; ", result.Notes)}\n");
        if (result.Witness is { } run) text.Append(RunScript.Of(run));
    }
}
