using System.Text;
using Irekae.Tests.Checker.Cli;
using Irekae.Tests.Laws;

namespace Irekae.Tests.Specs;

/// <summary>What MINIX 3's scheduling queues decide: specs/minix3/queues.irk as the table of docs/seed-paper.md. UPDATE_GOLDEN=1 rewrites it.</summary>
public class QueueTable
{
    private static readonly (string Tag, string Says)[] Maps =
    [
        ("", "as in the source: requester, driver, TCP/IP server 7; VFS 5; RS, DS 4"), ("_urgent_requester", "the requester in 4"), ("_driver_5", "the requester in 4, the driver in 5"),
        ("_stack_5", "the requester in 4, driver and TCP/IP server in 5"), ("_all_7", "RS, DS and VFS in 7 as well"), ("_balanced", "as in the source, and SCHED raises the application once"),
    ];

    private static readonly Asked Queues = new(["minix3", "queues.irk"], [.. Maps.SelectMany(m => new[] { "early", "later", "interval", "send" }, (m, question) => question + m.Tag)]);

    [Fact]
    public void The_page_has_the_exact_times_of_each_map()
    {
        var table = new StringBuilder("| queues | longest replacement while the application is in 7 | once it has fallen | longest send | longest interval between sends |\n|---|---|---|---|---|\n");
        foreach (var (tag, says) in Maps)
            table.Append($"| {says} | {Time("early" + tag)} | {Time("later" + tag)} | {Time("send" + tag)} | {Time("interval" + tag)} |\n");
        Golden.Parts("seed-paper.md", ("queues", table.ToString()));
    }

    /// <summary>Four rounds stand for the 200 of a quantum, twenty for the thousand of a trial.</summary>
    [Fact]
    public void Whole_trials_come_to_the_same()
    {
        if (Campaign.Size(0, 1) == 0) Assert.Skip("a long one: only in a campaign");
        var whole = new Asked(["minix3", "queues.irk"], "*_whole*");
        Assert.Equal(Queues.Longest("later"), whole.Longest("later_whole"));
        Assert.Equal(Queues.Longest("early_balanced"), whole.Longest("early_whole_balanced"));
        Assert.Equal(Queues.Longest("later_balanced"), whole.Longest("later_whole_balanced"));
    }

    private static string Time(string property) => Queues.Time(property, "**no end**");
}
