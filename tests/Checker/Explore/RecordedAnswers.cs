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

    /// <summary>States alone end an exploration, so that it is the same on every machine.</summary>
    private static VerifyOptions Options(bool theorems) => new() { StateLimit = 120, Threads = 1, CompareTies = false, Theorems = theorems, MergeAbove = 12 };

    [Fact]
    public void Every_answer_is_what_it_was() => Golden.CheckLines("explored.txt", Systems(), Line);

    private static IEnumerable<(string Name, BoundSystem System, bool Theorems)> Systems()
    {
        for (uint seed = 1; seed <= 80; seed++)
            yield return ($"task set {seed}", Drawn.Bind(TaskSet(seed), $"task set {seed}"), seed % 8 != 0);
        for (ulong seed = 1; seed <= 60; seed++)
            yield return ($"seed {seed}", Drawn.Of(seed, Kinds[seed % (ulong)Kinds.Length]).System, seed % 2 == 0);
        foreach (var corner in Link.Corners.All().Concat(Still)) yield return (corner.Name, Drawn.Bind(corner.Text, corner.Name), true);
    }

    /// <summary>Where time may stand still, or seem to.</summary>
    private static readonly (string Name, string Text)[] Still =
    [
        ("devices that wake each other for ever", "system s; machine { scheduler priority; } device a { on m { send b.m; } } device b { on m { send a.m; } } process p at 1 { wait 1 ms; send a.m; }"),
        ("devices of which one waits", "system s; machine { scheduler priority; } device a { on m { send b.m; } } device b { on m { wait 0 ms .. 1 ms; send a.m; } } process p at 1 { send a.m; }"),
        ("work of no time", "system s; machine { cores 2; scheduler priority; } process p at 1 { loop { run 0 ms .. 1 ms; } } process q at 2 { loop { choose { run 0 ms; } or { wait 1 ms; } } }"),
        ("loops in two parts", "system s; machine { scheduler priority; } shared g { var n: 0 .. 3; } process p at 1 { loop { wait 0 ms; if (g.n < 3) { g.n = g.n + 1; } } } process q at 2 { wait 2 ms; g.n = 0; loop { wait 0 ms; choose { wait 1 ms; } or { exit; } } }"),
        ("a parameter that may be nothing", "system s; machine { scheduler priority; } parameter d in 0 ms .. 2 ms; process p at 1 { loop { measure m { run d; } wait d; } } property longest: max m; property least: min m;"),
        ("slices of which two share", "system s; machine { scheduler priority { quantum 1 ms; } } process p at 1 { loop { call a.m; } } server a at 1 { on m { run 0 ms .. 2 ms; reply; } } process q at 1 { loop { run 1 ms .. 3 ms; wait 0 ms .. 1 ms; } } property x: every a.m is answered within 20 ms;"),
    ];

    /// <summary>Periodic and sporadic processes as theorems ask for them, and now and then as they do not.</summary>
    private static string TaskSet(uint seed)
    {
        uint state = seed;
        int Below(int end) => (int)(((state = (state * 1664525) + 1013904223) >> 10) % (uint)end);
        int cores = 1 + (Below(4) / 3), tasks = 1 + Below(4);
        string scheduler = Below(12) == 0 ? "scheduler priority { quantum 3 ms; }" : "scheduler priority;";
        string ties = Below(3) switch { 0 => "completion_first", 1 => "any", _ => "batch" };
        var text = new StringBuilder($"system t; machine {{ cores {cores}; {scheduler} ties {ties}; }} mutex m ceiling; mutex k ceiling; ");
        if (Below(15) == 0) text.Append("parameter d in 1 ms .. 2 ms; ");
        for (int t = 0; t < tasks; t++)
        {
            int period = 8 + Below(24), low = Below(3), work = low + Below(6);
            string body = $"run {low} ms .. {work} ms;", mutex = Below(2) == 0 ? "m" : "k";
            body = Below(6) switch
            {
                0 => $"lock {mutex} {{ {body} }}",
                1 => $"run 1 ms; nonpreemptive {{ {body} }} run 0 ms .. 1 ms;",
                2 => $"{body} lock {mutex} {{ run 1 ms; }} run 1 ms;",
                3 => $"nonpreemptive {{ run 1 ms; }} {body} lock {mutex} {{ run 0 ms .. 2 ms; }}",
                _ => body,
            };
            string pinned = cores > 1 && Below(8) > 0 ? $" on core {Below(cores)}" : "", jitter = Below(3) == 0 ? $" jitter {Below(3)} ms .. 3 ms" : "", offset = Below(4) == 0 ? $" offset {Below(5)} ms" : "";
            string arrivals = Below(3) == 0 ? $"periodic {period} ms{offset}{jitter}" : $"sporadic {period} ms{(Below(3) == 0 ? " .. forever" : "")}{jitter}";
            text.Append($"process p{t} at {t - (Below(14) == 0 ? t : 0)}{(Below(6) == 0 ? " nonpreemptive" : "")}{pinned} {arrivals} {{ {body} }} property r{t}: max response(p{t}); ");
        }

        return text.ToString();
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

        return $"{Golden.Digest(text.ToString())} {of.Name}";
    }

    private static void Say(StringBuilder text, PropertyResult result)
    {
        var s = result.Statistics;
        text.Append($"{result.Name} {result.Verdict} {result.ForAllTime} {result.Value} {result.Method} {s.States} {s.Moves} {s.Configurations} {s.LinearPrograms} {s.Merges} {string.Join("; ", result.Notes)}\n");
        if (result.Witness is { } run) text.Append(RunScript.Of(run));
    }
}
