using System.Reflection;
using System.Text;

namespace Irekae.Tests.Mutation;

/// <summary>
/// The semantics is what everything else trusts, so it is written wrongly on purpose, in many ways, one at a time: each way has to be noticed, by the laws of
/// runs where they can see it, else by the translation that was written independently (<c>tests/Link</c>). One that nobody notices is a missing law.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int Systems = 100;
    private const int Translated = 10;

    private sealed record Kill(string Fault, string? By, string? After, string? What, bool ByLaw);

    [Fact]
    public void Every_fault_of_the_semantics_is_noticed()
    {
        var program = new MutatedProgram(MutatedModel.Compile(Mutants.All));
        var probe = program.LoadFromAssemblyName(typeof(Probe).Assembly.GetName()).GetType(typeof(Probe).FullName!, throwOnError: true)!;
        var byLaws = probe.GetMethod(nameof(Probe.ByLaws))!.CreateDelegate<Func<int, int, string[]?>>();
        var byTranslation = probe.GetMethod(nameof(Probe.ByTranslation))!.CreateDelegate<Func<int, int, string[]?>>();

        var kills = new Kill[Mutants.All.Length + 1];
        Parallel.For(0, kills.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Min(2, Environment.ProcessorCount), CancellationToken = TestContext.Current.CancellationToken }, n =>
        {
            string name = n == 0 ? "(none)" : Mutants.All[n - 1].Name;
            var found = byLaws(n, Systems);
            kills[n] = found is not null ? new Kill(name, found[0], found[1], found[2], true)
                : byTranslation(n, Translated) is { } translated ? new Kill(name, translated[0], translated[1], translated[2], false)
                : new Kill(name, null, null, null, false);
        });

        var table = new StringBuilder($"{"fault",-62}{"systems",8}  noticed by\n");
        foreach (var kill in kills.Skip(1)) table.Append($"{kill.Fault,-62}{(kill.After is ['"', ..] ? "" : kill.After ?? "-"),8}  {kill.By ?? "NOBODY"}{(kill.After is ['"', ..] corner ? $": {corner}" : "")}\n");
        table.Append($"{kills.Length - 1} faults, {kills.Count(k => k.ByLaw)} noticed by laws, {kills.Count(k => k.By is not null && !k.ByLaw)} by the second translation alone\n");
        output.WriteLine(table.ToString());
        Assert.True(kills[0].By is null, $"the semantics itself is taken for faulty: {kills[0].By}\n{kills[0].What}");
        Assert.True(kills.Skip(1).All(k => k.By is not null), table.ToString());
        Assert.True(kills.Count(k => k.ByLaw) >= 70, table.ToString());
        program.Unload();
    }
}
