using System.Text;
using Irekae.Tests.Checker.Cli;

namespace Irekae.Tests.Specs;

/// <summary>What survives a fault: specs/minix3/survive.irk, specs/ant/survive.irk and specs/linux-lkm/survive.irk as the tables of docs/faults.md. UPDATE_GOLDEN=1 rewrites them.</summary>
public class FaultTables
{
    private static readonly Asked Minix = new(["minix3", "survive.irk"]), Ant = new(["ant", "survive.irk"]), Linux = new(["linux-lkm", "survive.irk"]);

    private static readonly (string Tag, string Says)[] Servers = [("rs", "RS"), ("kernel", "the kernel"), ("driver", "the driver"), ("server", "the TCP/IP server"), ("application", "the application")];

    private static readonly (string Tag, string Says)[] MinixFaults =
    [
        ("ds", "DS; the others go on (the paper)"), ("stop", "DS; a core service (3.2.1)"), ("rs", "RS"), ("old", "the old driver"), ("new", "the new driver"),
        ("stuck_old", "the old driver hangs"), ("stuck_new", "the new driver hangs"), ("interrupt", "an interrupt is lost"), ("one", "the same, of a card with one descriptor"),
    ];

    private static readonly (string Tag, string Says)[] AntFaults =
    [
        ("old", "the old driver"), ("new", "the new driver"), ("net", "the TCP/IP server"), ("interrupt", "an interrupt is lost"), ("one", "the same, of a card with one descriptor"),
    ];

    private static readonly (string Tag, string Says)[] LinuxFaults =
    [
        ("killed", "the process that replaces is killed"), ("old", "the old driver"), ("new", "the new driver"), ("interrupt", "an interrupt is lost"), ("one", "the same, of a card with one descriptor"),
    ];

    [Fact]
    public void The_page_says_what_survives() =>
        Golden.Parts("faults.md", ("minix3", Table(Minix, MinixFaults)), ("ant", Table(Ant, AntFaults)), ("linux", Table(Linux, LinuxFaults)));

    private static string Table(Asked asked, (string Tag, string Says)[] faults)
    {
        var table = new StringBuilder("| what fails | a frame is refused | a driver serves without its state | longest send | longest time between two sends | who notices | at the latest after |\n|---|---|---|---|---|---|---|\n");
        table.Append($"| nothing | {Possible(asked, "frame")} | {Possible(asked, "state")} | {asked.Time("request", "no end")} | {asked.Time("service", "no end")} | | |\n");
        foreach (var (tag, says) in faults)
        {
            var who = Servers.Where(s => asked.Names.Contains($"{tag}_seen_by_{s.Tag}") && asked.Holds($"{tag}_seen_by_{s.Tag}")).Select(s => s.Says).ToList();
            string after = asked.Time($"{tag}_seen_after", "never");
            table.Append($"| {says} | {Possible(asked, "frame_" + tag)} | {Possible(asked, "state_" + tag)} | {asked.Time("request_" + tag, "**no end**")} | {asked.Time("service_" + tag, "**no end**")} | "
                + $"{(who.Count == 0 ? "nobody" : string.Join(", ", who))} | {(tag == "interrupt" ? $"{after}: the next one is handled for both" : after)} |\n");
        }

        return table.ToString();
    }

    private static string Possible(Asked asked, string property) => asked.Holds(property) ? "never" : "**possible**";

    /// <summary>The paper's claim about DS, and its counterpart about the Inter-core Communication Area.</summary>
    [Fact]
    public void What_lies_in_DS_goes_with_it_and_what_lies_in_the_ICA_stays()
    {
        Assert.True(Minix.Holds("ds_keeps_nothing"));
        Assert.False(Minix.Holds("servers_keep_nothing"));
        Assert.True(Minix.Holds("other_crash_spares_ds"));
        Assert.True(Ant.Holds("states_kept"));
    }
}
