using System.Globalization;
using System.Text;
using Irekae.Model;

namespace Irekae.Checker.Bench;

/// <summary>A family of systems that grows in one respect, and the property whose cost is counted.</summary>
/// <param name="Unit">What the size counts.</param>
/// <param name="Expected">How the cost should grow, in words; empty: nothing is promised.</param>
internal sealed record Workload(string Name, string Unit, string Expected, string Property, int[] Sizes, Func<int, Spec> Make)
{
    /// <param name="specs">The folder of the shipped specifications.</param>
    public static Workload[] All(string specs) =>
    [
        new("disk reads", "reads of the replacement", "linear", "replacement_max", [10, 100, 1000], n => Varied(specs, "ant/ant.irk", $"const reads = {n};")),
        new("application rounds", "rounds of the application", "linear", "replacement_max", [20, 100, 1000], n => Varied(specs, "ant/ant.irk", $"const rounds = {n};")),
        new("servers", "servers in a chain of calls", "polynomial", "replied", [4, 8, 16], Chain),
        new("interrupts", "sporadic interrupts over a round-robin pair", "", "longest", [1, 2, 3, 4], k => Spec.Load(Path.Combine(specs, $"interrupts/k{k}.irk"))),
        new("cores", "cores for four processes and one disturbance", "", "done", [1, 2, 4], Cores),
        new("seed: MINIX 3", "", "", "replacement_max", [1], _ => Spec.Load(Path.Combine(specs, "minix3/minix3.irk"))),
        new("seed: AnT", "", "", "replacement_max", [1], _ => Spec.Load(Path.Combine(specs, "ant/ant.irk"))),
    ];

    /// <summary>A shipped specification with one constant replaced by that of a variant.</summary>
    private static Spec Varied(string specs, string path, string setting)
    {
        string main = Path.Combine(specs, path);
        string name = setting.Split(' ')[1];
        var lines = File.ReadAllLines(main).Select(l => l.StartsWith($"const {name} =", StringComparison.Ordinal) ? setting : l);
        string nic = Path.Combine(specs, "common/nic.irk");
        var imports = new Dictionary<string, string> { [nic] = File.ReadAllText(nic) };
        return Spec.FromText(main, string.Join('\n', lines), imports);
    }

    /// <summary>A client asks the first of n servers, each asks the next; something more urgent comes at any instant.</summary>
    private static Spec Chain(int servers)
    {
        var text = new StringBuilder("system chain; machine { scheduler priority; }\n");
        for (int k = 1; k <= servers; k++)
        {
            string next = k < servers ? $"call s{k + 1}.ask; " : "";
            text.Append(CultureInfo.InvariantCulture, $"server s{k} at {k} {{ on ask {{ run 1 us .. 2 us; {next}reply; }} }}\n");
        }

        text.Append("process urgent at 0 { after any time; run 5 us; }\n");
        text.Append(CultureInfo.InvariantCulture, $"process client at {servers + 1} {{ loop {{ measure asked {{ call s1.ask; }} run 10 us; }} }}\n");
        text.Append("property replied: max asked;\n");
        return Spec.FromText("chain.irk", text.ToString());
    }

    /// <summary>Four processes of three jobs each, and one disturbance at any instant.</summary>
    private static Spec Cores(int cores)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"system cores; machine {{ cores {cores}; scheduler priority; }}\n");
        for (int k = 1; k <= 4; k++)
            text.Append(CultureInfo.InvariantCulture, $"process p{k} at {k} {{ repeat 3 {{ {(k == 4 ? "measure job { run 2 us .. 3 us; }" : "run 2 us .. 3 us;")} wait {4 + k} us; }} }}\n");
        text.Append("process urgent at 0 { after any time; run 5 us; }\n");
        text.Append("property done: max job;\n");
        return Spec.FromText("cores.irk", text.ToString());
    }
}
