using System.CommandLine;
using Irekae.Checker.Bounded;
using Irekae.Checker.Verification;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Cli;

/// <summary>The options of <c>verify</c>.</summary>
internal sealed class VerifyArguments
{
    private readonly Option<string[]> properties = new("--property", "-p")
    {
        Description = "Only properties of this name; * and ? stand for any characters. May be repeated.",
        HelpName = "NAME",
    };

    private readonly Option<string[]> faults = new("--fault")
    {
        Description = "Turn this fault on in every property. May be repeated.",
        HelpName = "NAME",
    };

    private readonly Option<Rational?> timeLimit = Amounts.Time("--time-limit", "Stop each exploration, and the certification of each, after this time, such as 30s.");
    private readonly Option<Rational?> memoryLimit = Amounts.Memory("--memory-limit", "Stop when more memory than this is in use, such as 2G. [default: half of the machine's]");

    private readonly Option<long?> stateLimit = new("--state-limit")
    {
        Description = "Stop each exploration after so many states.",
        HelpName = "N",
    };

    private readonly Option<int?> threads = new("--threads") { Description = "Properties verified at once; the results do not depend on it.", HelpName = "N" };
    private readonly Option<bool> noTies = new("--no-ties") { Description = "Do not ask whether answers depend on the order of simultaneous events." };

    private readonly Option<bool> noCertify = new("--no-certify") { Description = "Do not write and check certificates of what explorations prove." };

    private readonly Option<string> engine = new Option<string>("--engine")
    {
        Description = "Who answers: the explorer (for all runs), the bounded checker (up to a number of moves, by the solver Z3), or both.",
        HelpName = "explore|bounded|both",
        DefaultValueFactory = _ => "explore",
    }.AcceptOnlyFromAmong("explore", "bounded", "both");

    private readonly Option<int> depth = new("--depth")
    {
        Description = "Moves of the runs that the bounded checker looks at.",
        HelpName = "N",
        DefaultValueFactory = _ => BoundedOptions.UsualDepth,
    };

    private readonly Option<string?> dump = new("--dump") { Description = "Write every question of the bounded checker into this folder, as .smt2 files.", HelpName = "DIR" };

    public VerifyArguments()
    {
        depth.FromOne();
        stateLimit.FromOne();
        threads.FromOne();
    }

    public Option<bool> Json { get; } = JsonReport.Option();

    public Option<bool> Trace { get; } = new("--trace") { Description = "Show the run behind every value, refutation and reached state." };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Only one line for each property that is not proved, and the summary." };

    public Option<bool> NoSimulator { get; } = new("--no-simulator") { Description = "Do not replay runs, to the tick, by a simulator generated from the specification too." };

    public Option<string?> SaveRuns { get; } = new("--save-runs") { Description = "Save these runs too, one file each; run --replay shows them again.", HelpName = "DIR" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { properties, faults, Json, Trace, SaveRuns, NoSimulator, Quiet, timeLimit, stateLimit, memoryLimit, noTies, noCertify, threads, engine, depth, dump })
            command.Add(option);
    }

    public VerifyOptions Read(ParseResult result)
    {
        var options = new VerifyOptions
        {
            Properties = [.. result.GetValue(properties) ?? []],
            Faults = [.. result.GetValue(faults) ?? []],
            TimeLimit = result.GetValue(timeLimit) is { } time ? Amounts.TimeSpan(time) : null,
            StateLimit = result.GetValue(stateLimit),
            MemoryLimit = result.GetValue(memoryLimit) is { } memory ? Amounts.Whole(memory) : null,
            CompareTies = !result.GetValue(noTies),
            Certify = !result.GetValue(noCertify),
        };
        return result.GetValue(threads) is { } count ? options with { Threads = count } : options;
    }

    public Engine Engine(ParseResult result) => result.GetValue(engine) switch
    {
        "bounded" => Bounded.Engine.Bounded,
        "both" => Bounded.Engine.Both,
        _ => Bounded.Engine.Explore,
    };

    public BoundedOptions ReadBounded(ParseResult result) => new()
    {
        Depth = result.GetValue(depth),
        TimeLimit = result.GetValue(timeLimit) is { } time ? Amounts.TimeSpan(time) : null,
        MemoryLimit = result.GetValue(memoryLimit) is { } memory ? Amounts.Whole(memory) : null,
        DumpFolder = result.GetValue(dump),
    };
}
