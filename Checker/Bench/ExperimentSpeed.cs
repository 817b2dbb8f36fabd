using System.Diagnostics;
using Irekae.Codegen.Running;
using Irekae.Model;

namespace Irekae.Checker.Bench;

/// <summary>What a simulator costs until it runs, and the seed paper's experiment with both: five trials of a thousand sends on each system. In seconds.</summary>
/// <param name="FirstCompile">To emit and compile <see cref="Largest"/> for the first time in this process: most of it is the start of the compiler.</param>
/// <param name="Compile">The same again.</param>
/// <param name="FirstRun">The experiment for the first time, with code that is new to the runtime.</param>
/// <param name="Run">The same again, the best of several times.</param>
internal sealed record ExperimentSpeed(double FirstCompile, double Compile, double FirstRun, double Run)
{
    /// <summary>The shipped specification whose simulator is the longest; a test knows.</summary>
    public const string Largest = "minix3/survive.irk";

    private const int Times = 5;

    /// <param name="specs">The folder of the shipped specifications.</param>
    /// <exception cref="InvalidOperationException">The specifications are not what they were.</exception>
    public static ExperimentSpeed Measure(string specs)
    {
        var (ant, minix) = (Load(specs, "ant/ant.irk"), Load(specs, "minix3/minix3.irk"));
        var largest = Load(specs, Largest);
        double first = Seconds(() => Protocol.Of(largest, null, seed: 1)), again = Seconds(() => Protocol.Of(largest, null, seed: 1));
        Protocol[] both = [Simulators(ant), Simulators(minix)];
        // What the compiler leaves behind is not the experiment's to clear away.
        GC.Collect();
        double firstRun = Seconds(Experiment), run = Enumerable.Range(0, Times).Min(_ => Seconds(Experiment));
        return new ExperimentSpeed(first, again, firstRun, run);

        void Experiment()
        {
            foreach (var protocol in both) protocol.Simulator.Run(protocol.Plan);
        }
    }

    private static Model.Binding.BoundSystem Load(string specs, string file)
    {
        var spec = Spec.Load(Path.Combine(specs, file));
        return spec.System ?? throw new InvalidOperationException(spec.Diagnostics[0].Message);
    }

    /// <summary>Compiled anew: no store.</summary>
    private static Protocol Simulators(Model.Binding.BoundSystem system) => Protocol.Of(system, system.Experiments.Single(e => e.Name == "table1"), seed: 1);

    private static double Seconds(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalSeconds;
    }
}
