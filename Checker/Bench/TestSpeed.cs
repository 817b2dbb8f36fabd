using System.Collections.Immutable;
using System.Diagnostics;
using Irekae.Codegen.Running;
using Irekae.Model;
using Irekae.Properties.Running;

namespace Irekae.Checker.Bench;

/// <summary>How fast <c>irekae test</c> draws and judges random runs of MINIX 3, each of a replacement amid ten sends.</summary>
/// <param name="PerSecond">Runs per second of processor time of one core, the best of several times; compiling and shrinking not counted.</param>
internal sealed record TestSpeed(double PerSecond)
{
    /// <summary>Of each run: in so many the tenth send has ended, and the replacement.</summary>
    public const int Moves = 55;

    private const int Runs = 20_000;
    private const int Times = 30;

    /// <param name="specs">The folder of the shipped specifications.</param>
    /// <exception cref="InvalidOperationException">The specification is not what it was.</exception>
    public static TestSpeed Measure(string specs)
    {
        var spec = Spec.Load(Path.Combine(specs, "minix3/minix3.irk"));
        var system = spec.System ?? throw new InvalidOperationException(spec.Diagnostics[0].Message);
        ImmutableArray<Model.Binding.Property> properties = [.. system.Properties.Where(property => property.Variant is null && property.Under.IsEmpty)];
        var runs = Sieve.Of(SpecRuns.Of(spec).System, properties).Draw();
        double least = double.MaxValue;
        for (int k = 0; k < Times; k++)
        {
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            for (ulong seed = 1; seed <= Runs; seed++) runs.See(seed, Moves);
            least = Math.Min(least, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
        }
        return new TestSpeed(Runs / least);
    }
}
