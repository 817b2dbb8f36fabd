using System.Globalization;
using System.Text;

namespace Irekae.Tests.Laws;

/// <summary>
/// Random systems whose devices do much at one instant: variables of their own and shared ones, branches, measures that begin and end, messages to each
/// other and to processes, and a process that may kill one of them. Which of these steps may come at once, whatever others do, is what
/// <see cref="OrderLaws"/> looks at.
/// </summary>
internal sealed class DeviceDraw
{
    private readonly Random random;
    private readonly StringBuilder text = new();
    private int measures;

    /// <summary>Some assignment may leave its range, which stops the run.</summary>
    private bool counts;

    private DeviceDraw(int seed) => random = new Random(seed);

    public static string From(ulong seed) => new DeviceDraw((int)(seed % int.MaxValue)).Text();

    private bool Chance(int percent) => random.Next(100) < percent;

    private string Text()
    {
        int devices = random.Next(2, 4);
        counts = Chance(50);
        text.Append("system devices;\nmachine { scheduler priority; ");
        text.Append(random.Next(3) switch { 0 => "", 1 => "ties any; ", _ => "ties batch; " }).Append("}\nshared area { var flag: bool; var sum: 0 .. 3; }\n");
        for (int d = 0; d < devices; d++) Device(d, devices);
        text.Append("server s at 1 { on hello { run 1 us; } on call { ").Append(Chance(50) ? "run 1 us; " : "").Append("reply; } }\n");
        text.Append("process p at 0 {\n");
        for (int k = random.Next(1, 4); k > 0; k--)
        {
            text.Append(random.Next(3) switch { 0 => "  run 1 us .. 2 us;\n", 1 => "  wait 1 us;\n", _ => "" });
            text.Append(CultureInfo.InvariantCulture, $"  send d{random.Next(devices)}.a;\n");
            if (Chance(50)) text.Append(CultureInfo.InvariantCulture, $"  send d{random.Next(devices)}.{(Chance(70) ? "a" : "b")};\n");
            if (Chance(40)) text.Append("  area.flag = true;\n");
        }

        if (Chance(25)) text.Append(CultureInfo.InvariantCulture, $"  kill d{random.Next(devices)};\n");
        text.Append("}\n");
        for (int m = 0; m < measures; m++)
            text.Append(CultureInfo.InvariantCulture, $"property m{m}: max t{m} <= 9 us;\n{(Chance(30) ? $"property c{m}: after t{m}: {(Chance(50) ? "area.sum > 0" : "d0.x == 0")};\n" : "")}");
        if (Chance(30)) text.Append("property seen: reachable area.flag && d1.x == 1;\n");
        return text.ToString();
    }

    private void Device(int d, int devices)
    {
        text.Append(CultureInfo.InvariantCulture, $"device d{d} {(Chance(30) ? "inbox 2 " : "")}{{\n  var x: 0 .. 2;\n  var y: bool;\n");
        text.Append(CultureInfo.InvariantCulture, $"  on a {{ {Block(d, devices, 2)}}}\n  on b {(Chance(30) ? "urgent " : "")}{{ {Block(d, devices, 1)}}}\n}}\n");
    }

    private string Block(int d, int devices, int depth)
    {
        var block = new StringBuilder();
        for (int k = random.Next(1, 4); k > 0; k--) block.Append(Statement(d, devices, depth)).Append(' ');
        return block.ToString();
    }

    private string Statement(int d, int devices, int depth) => random.Next(depth > 0 ? 12 : 9) switch
    {
        0 => $"x = {random.Next(3)};",
        1 => "y = !y;",
        2 when counts => $"x = {(Chance(70) ? "2 - x" : "x + 1")};",
        3 => counts && Chance(40) ? "area.sum = x;" : "area.flag = y;",
        // To the next ones alone: nothing goes round for ever.
        4 when d + 1 < devices => $"send d{random.Next(d + 1, devices)}.b;",
        5 when d + 1 < devices => $"notify d{random.Next(d + 1, devices)}.b;",
        6 => "send s.hello;",
        7 => "wait 1 us;",
        8 => Chance(50) ? "assert x < 2 \"x\";" : "x = 1;",
        9 => $"if ({(Chance(70) ? "y" : "area.flag")}) {{ {Block(d, devices, depth - 1)}}} else {{ {Block(d, devices, depth - 1)}}}",
        _ => Measure(d, devices, depth - 1),
    };

    private string Measure(int d, int devices, int depth) => measures > 3 ? "y = true;" : $"measure t{measures++} {{ {Block(d, devices, depth)}}}";
}
