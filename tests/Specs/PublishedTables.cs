using System.Text;
using System.Text.Json;
using Irekae.Model.Numbers;
using Irekae.Tests.Checker.Cli;
using Console = Irekae.Tests.Checker.Cli.Console;

namespace Irekae.Tests.Specs;

/// <summary>Other published replacements: specs/published as the tables of docs/replacements.md. UPDATE_GOLDEN=1 rewrites them.</summary>
public class PublishedTables
{
    private static readonly string Data = Repository.Folder("specs", "published", "published.csv");
    private static readonly Asked Restart = new(["published", "restart.irk"]), Patch = new(["published", "stop-machine.irk"]), Move = new(["published", "stop-and-copy.irk"]);

    private static readonly (Asked Asked, string Says, string Property)[] Computed =
    [
        (Restart, "MINIX 3, the driver dies: longest until one serves again", "crash_outage_max"),
        (Restart, "MINIX 3, the driver dies: a TCP connection stands still at least", "crash_stall_min"),
        (Restart, "MINIX 3, the driver dies: a TCP connection stands still at most", "crash_stall_max"),
        (Restart, "MINIX 3, the driver hangs: RS knows it at the earliest after", "unnoticed_min"),
        (Restart, "MINIX 3, the driver hangs: RS knows it at the latest after", "unnoticed_max"),
        (Patch, "Ksplice: longest interval of an application that computes for up to 1.1 ms", "interval_max"),
        (Patch, "Ksplice: longest until it is patched", "patching_max"),
        (Patch, "kpatch: longest interval of the same application", "interval_max_kpatch"),
        (Move, "Xen: longest answer of a server that works for 1 ms", "answer_max"),
        (Move, "Xen, 512 MB copied with the machine stopped: the same", "answer_max_at_once"),
    ];

    [Fact]
    public void The_page_has_what_is_published_and_what_is_computed()
    {
        var published = new StringBuilder("| published | value | is | exact interval | inside |\n|---|---|---|---|---|\n");
        foreach (string file in new[] { "stop-machine", "stop-and-copy" })
        {
            var printed = Console.InProcess("validate", Repository.Folder("specs", "published", file + ".irk"), "--data", Data, "--json");
            Assert.Equal((0, ""), (printed.Code, printed.Error));
            foreach (var cell in JsonDocument.Parse(printed.Out).RootElement.GetProperty("cells").EnumerateArray())
                published.Append($"| `{cell.GetProperty("cell").GetString()}` | {Time(cell, "printed_ns")} | {cell.GetProperty("role").GetString()} | {Time(cell, "exact_min_ns")} .. {Time(cell, "exact_max_ns")} | {(cell.GetProperty("inside_exact").GetBoolean() ? "yes" : "**no**")} |\n");
        }

        var computed = new StringBuilder("| what | exact |\n|---|---|\n");
        foreach (var (asked, says, property) in Computed) computed.Append($"| {says} | {asked.Time(property, "no end")} |\n");
        Golden.Parts("replacements.md", ("published", published.ToString()), ("computed", computed.ToString()));
    }

    [Fact]
    public void A_patch_waits_for_whoever_is_inside()
    {
        Assert.True(Patch.Holds("patched"));
        Assert.True(Patch.Holds("not_patched_held"));
    }

    private static string Time(JsonElement cell, string name) => TimeText.Of(Rational.Parse(cell.GetProperty(name).GetString()!));
}
