using System.Diagnostics;
using System.Globalization;
using Irekae.Codegen.Running;
using Irekae.Model;

namespace Irekae.Checker.Bench;

/// <summary>How fast the generated simulator of the MINIX 3 experiment is, and the same experiment written by hand in C++.</summary>
/// <param name="Moves">Of the trials that were measured; the same every time.</param>
/// <param name="PerSecond">Moves per second of processor time of one core, the best of several times.</param>
/// <param name="ByHand">The same of the program written by hand; null: there is no C++ compiler here.</param>
internal sealed record SimulationSpeed(long Moves, double PerSecond, double? ByHand)
{
    public const string Name = "simulation";

    private const int Trials = 400;
    private const int Times = 30;

    /// <param name="specs">The folder of the shipped specifications.</param>
    /// <exception cref="InvalidOperationException">The two disagree on what they measured: one of them is wrong.</exception>
    public static SimulationSpeed Measure(string specs)
    {
        var spec = Spec.Load(Path.Combine(specs, "minix3/minix3.irk"));
        var system = spec.System ?? throw new InvalidOperationException(spec.Diagnostics[0].Message);
        var protocol = Protocol.Of(system, system.Experiments.Single(e => e.Name == "table1"), seed: 1);
        var plan = protocol.Plan with { Trials = Trials, Threads = 1, InOrder = true };
        string? program = Compile();
        var outcome = protocol.Simulator.Run(plan);
        double least = double.MaxValue;
        double? leastByHand = null;
        for (int k = 0; k < Times; k++)
        {
            // In turn, so that whatever else goes on on the machine slows both.
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            outcome = protocol.Simulator.Run(plan);
            least = Math.Min(least, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
            if (program is not null && RunByHand(program, Shown(protocol, outcome)) is var seconds) leastByHand = Math.Min(leastByHand ?? seconds, seconds);
        }
        if (program is not null) Directory.Delete(Path.GetDirectoryName(program)!, recursive: true);
        return new SimulationSpeed(outcome.Moves, outcome.Moves / least, outcome.Moves / leastByHand);
    }

    private static string[] Shown(Protocol protocol, TrialOutcome outcome) =>
    [
        .. outcome.Values.Select((values, q) => string.Create(CultureInfo.InvariantCulture,
            $"{Irekae.Codegen.Emit.Emitter.NameOf(protocol.Simulator.Quantities[q])} count {values.Summary.Count} sum {values.Summary.Sum} least {values.Summary.Least} most {values.Summary.Most}")),
    ];

    /// <summary>The program; null when g++ is not there.</summary>
    private static string? Compile()
    {
        string folder = Directory.CreateTempSubdirectory("irekae-bench").FullName;
        string source = Path.Combine(folder, "minix3.cpp"), program = Path.Combine(folder, "minix3");
        using (var text = typeof(SimulationSpeed).Assembly.GetManifestResourceStream("minix3.cpp")!)
        using (var file = File.Create(source)) text.CopyTo(file);
        try
        {
            using var compiler = Process.Start(new ProcessStartInfo("g++", ["-O2", "-std=c++20", source, "-o", program]) { RedirectStandardError = true })!;
            compiler.WaitForExit();
            if (compiler.ExitCode == 0) return program;
        }
        catch (System.ComponentModel.Win32Exception) { }
        Directory.Delete(folder, recursive: true);
        return null;
    }

    private static double RunByHand(string program, string[] expected)
    {
        using var process = Process.Start(new ProcessStartInfo(program, [Trials.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        if (!lines.Skip(1).SequenceEqual(expected)) throw new InvalidOperationException($"the program written by hand measures '{string.Join("; ", lines.Skip(1))}', the simulator '{string.Join("; ", expected)}'");
        return double.Parse(lines[0].Split(' ')[^1], CultureInfo.InvariantCulture);
    }
}
