using System.Globalization;
using Irekae.Checker.Cli;
using Irekae.Checker.Verification;
using Irekae.Codegen.Emit;
using Irekae.Codegen.Running;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Model.Syntax;
using Irekae.Tests.Model.Binding;

namespace Irekae.Tests.Laws;

/// <summary>
/// Shipped specifications in which words and numbers have changed: what people write by mistake and generators do not. Those that are well formed are run, generated and verified,
/// and all readers have to agree.
/// </summary>
public sealed class MutatedSpecs(ITestOutputHelper output)
{
    private const int RunsOfEach = 4;
    private const int Moves = 60;
    private const int AtOnce = 20;
    private const int LongestText = 20_000;

    private sealed record Mutated(string Name, string Text, BoundSystem System)
    {
        public string Says(string what) => $"{Name}: {what}\n{Text}";
    }

    [Fact]
    public void All_readers_agree()
    {
        int systems = 0, answers = 0;
        long moves = 0;
        foreach (var group in WellFormed().Take(Campaign.Size(6, 2000)).Chunk(AtOnce))
        {
            var emitted = group.Select((one, k) => Emitter.Emit(TransitionSystem.Compile(one.System, Everything.Of(one.System)), $"S{k}")).ToList();
            var compiled = CompiledSimulators.Compile(emitted);
            foreach (var (one, simulator) in group.Zip(emitted))
            {
                systems++;
                var replayer = new Replayer(simulator, compiled);
                foreach (var run in Campaign.Runs(simulator.System, RunsOfEach, Moves))
                {
                    moves += run.Steps.Length;
                    Assert.True(replayer.Difference(run) is not { } difference, one.Says($"{replayer.Difference(run)}"));
                }
                answers += Verified(one);
            }
        }
        output.WriteLine($"{systems} systems, {moves} moves, {answers} answers");
        Assert.True(moves > 100 && answers > 20);
    }

    [Fact]
    public void Every_command_has_an_answer()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string path = Path.Combine(folder, "mutated.irk"), page = Path.Combine(folder, "page.html");
            foreach (var one in WellFormed().Take(Campaign.Size(1, 500)))
            {
                File.WriteAllText(path, one.Text);
                Answers(one, "check", path);
                Answers(one, "fmt", "--check", path);
                Answers(one, "run", "--moves", "40", path);
                Answers(one, "simulate", "--trials", "3", "--until", "100 ms", path);
                Answers(one, "test", "--runs", "20", "--moves", "25", path);
                Answers(one, "timeline", "--seed", "1", "--fold", path);
                Answers(one, "verify", "--state-limit", "100", path);
                Answers(one, "report", "--time-limit", "300 ms", "-o", page, path);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Whatever the answer, as narrow as terminals are.</summary>
    private static void Answers(Mutated one, params string[] args)
    {
        var printed = Irekae.Tests.Checker.Cli.Console.InTerminal(80, args);
        Assert.True(printed.Code != ExitCode.InternalError, one.Says($"{string.Join(' ', args)}: {printed.Error}"));
    }

    /// <summary>Verification throws where a run does not replay or a certificate is refused.</summary>
    private static int Verified(Mutated one)
    {
        try
        {
            var options = new VerifyOptions { StateLimit = 40, Threads = 1, CompareTies = false, MergeAbove = 12, Certify = true };
            var found = Verifier.Verify(Spec.FromText("mutated.irk", one.Text), options, null, TestContext.Current.CancellationToken);
            Resimulation.Follow(found.Results.Select(result => result.Witness).OfType<Run>());
            return found.Results.Length;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new InvalidOperationException(one.Says(exception.Message), exception);
        }
    }

    private static IEnumerable<Mutated> WellFormed()
    {
        var texts = Repository.Specs().Where(path => !path.Contains("rejected", StringComparison.Ordinal)).Select(BinderRobustnessTests.Whole).Where(text => text.Length is > 0 and < LongestText).ToList();
        for (ulong seed = Campaign.First; ; seed++)
        {
            var random = new Random((int)seed);
            string text = texts[(int)(seed % (ulong)texts.Count)];
            for (int changes = random.Next(1, 4); changes > 0; changes--) text = random.Next(2) == 0 ? BinderRobustnessTests.Swap(text, random) : Renumbered(text, random);
            if (Spec.FromText("mutated.irk", text).System is { } system) yield return new Mutated($"seed {seed}", text, system);
        }
    }

    private static string Renumbered(string text, Random random)
    {
        var numbers = System.Text.RegularExpressions.Regex.Matches(text, @"\b\d+\b");
        if (numbers.Count == 0) return text;
        var number = numbers[random.Next(numbers.Count)];
        return text[..number.Index] + random.Next(12).ToString(CultureInfo.InvariantCulture) + text[(number.Index + number.Length)..];
    }
}
