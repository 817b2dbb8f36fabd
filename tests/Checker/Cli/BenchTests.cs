using System.Text.Json;
using Irekae.Checker.Bench;
using Irekae.Checker.Cli;
using Irekae.Codegen.Emit;
using Irekae.Codegen.Running;
using Irekae.Model;
using Irekae.Model.Semantics;

namespace Irekae.Tests.Checker.Cli;

public class BenchTests
{
    private static readonly string Specs = Repository.Folder("specs");

    [Fact]
    public void A_workload_is_counted_the_same_every_time()
    {
        var (first, second) = (Servers(), Servers());
        Assert.Equal([4, 8, 16], first.Select(row => row.Size));
        Assert.Equal(first, second);
        Assert.True(first[2].States > first[0].States);
    }

    [Fact]
    public void For_people_it_is_a_table_with_the_growth_below()
    {
        string text = Console.InProcess("bench", "--once", "--workload", "servers", "--specs", Specs).StableOut;
        Assert.Matches(@"^  workload  size +configurations +states +moves +programs +seconds\n  servers      4 ", text);
        Assert.Matches(@"\n      servers in a chain of calls: expected polynomial; states x[\d.]+ for x2, x[\d.]+ for x2\n$", text);
    }

    [Fact]
    public void Unknown_workloads_and_folders_are_bad_input()
    {
        Assert.Equal(ExitCode.BadInput, Console.InProcess("bench", "--workload", "nothing", "--specs", Specs).Code);
        Assert.Equal(ExitCode.BadInput, Console.InProcess("bench", "--specs", "no/such/folder").Code);
    }

    /// <summary>That the seeds' experiment is still there to be measured; seconds are of the machine.</summary>
    [Fact]
    public void The_experiment_of_the_seeds_is_measured()
    {
        var speed = ExperimentSpeed.Measure(Specs);
        Assert.All([speed.FirstCompile, speed.Compile, speed.FirstRun, speed.Run], seconds => Assert.True(seconds > 0));
    }

    [Fact]
    public void What_is_compiled_is_the_longest_simulator_of_all()
    {
        var lengths = Repository.Specs().Select(path => (Path: path, Spec.Load(path).System)).Where(spec => spec.System is not null).ToDictionary(
            spec => Path.GetRelativePath(Specs, spec.Path),
            spec => Emitter.Emit(TransitionSystem.Compile(spec.System!, Observation.Nothing with { Quantities = [.. Protocol.ObservedBy(spec.System!, null)] }), "It").Text.Length);
        Assert.Equal(ExperimentSpeed.Largest, lengths.MaxBy(spec => spec.Value).Key);
    }

    [Fact]
    public void The_proofs_of_the_seeds_are_checked_again()
    {
        using var json = JsonDocument.Parse(Console.InProcess("bench", "--json", "--workload", ProofSpeed.Name, "--specs", Specs).Out);
        var proofs = json.RootElement.GetProperty("proofs");
        Assert.True(proofs.GetProperty("certificates").GetInt32() > 10);
        Assert.True(proofs.GetProperty("check_seconds").GetDouble() > 0);
    }

    private static List<(int Size, long States, long Moves)> Servers()
    {
        var printed = Console.InProcess("bench", "--json", "--once", "--workload", "serv*", "--specs", Specs);
        Assert.Equal(ExitCode.Proved, printed.Code);
        using var json = JsonDocument.Parse(printed.Out);
        return [.. json.RootElement.GetProperty("workloads").EnumerateArray().Select(row =>
            (row.GetProperty("size").GetInt32(), row.GetProperty("stats").GetProperty("states").GetInt64(), row.GetProperty("stats").GetProperty("moves").GetInt64()))];
    }
}
