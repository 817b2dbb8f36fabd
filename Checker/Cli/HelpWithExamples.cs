using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Irekae.Checker.Cli;

/// <summary>The generated help, and below it examples of the command, or of all of them.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly (string Command, string Example, string Meaning)[] Examples =
    [
        ("verify", "irekae verify specs/minix3/minix3.irk", "answer every property of a system"),
        ("verify", "irekae verify --property 'gap*' --trace FILE", "some properties, with the runs that show the values"),
        ("verify", "irekae verify --json FILE > result.json", "for programs; see docs/json.md"),
        ("test", "irekae test --time 30s --junit irekae.xml FILE", "random runs, reported for continuous integration"),
        ("check", "irekae check specs/*/*.irk", "only look for mistakes"),
        ("init", "irekae init router", "router/specs/router.irk and what verifies it"),
        ("fmt", "irekae fmt specs/*/*.irk", "lay specifications out anew"),
        ("fmt", "irekae fmt --check specs/*/*.irk", "only name those that are not"),
        ("lsp", "irekae lsp", "what an editor starts"),
        ("run", "irekae run --seed 7 --moves 50 FILE", "one random run as a table"),
        ("run", "irekae run FILE --replay runs/FILE.PROPERTY.run", "a run that 'verify --save-runs runs FILE' has saved"),
        ("timeline", "irekae timeline FILE", "the first property's worst case, in 80 columns"),
        ("timeline", "irekae timeline -p bound --format svg -o bound.svg FILE", "as a drawing"),
        ("timeline", "irekae timeline --run RUN --format html -o r.html FILE", "a saved run as a page to zoom and move in"),
        ("timeline", "irekae timeline --seed 1 --whole --fold FILE", "a random run, of what repeats only the first"),
        ("timeline", "irekae timeline --format perfetto -o worst.pftrace FILE", "for Perfetto"),
        ("report", "irekae report -o report.html FILE", "everything known of it as one page"),
        ("report", "irekae report --data table.csv -o report.html FILE", "and what was measured"),
        ("explain", "irekae explain IRK1003", "what a diagnostic code means"),
        ("prove", "irekae prove -p replacement_max -o proof FILE", "a proof that a stranger can check"),
        ("check-proof", "irekae check-proof proof", "everything in it, checked again"),
        ("check-proof", "irekae check-proof --digest HEX proof", "and nothing but what the digest names"),
        ("simulate", "irekae simulate specs/minix3/minix3.irk", "the experiments of a specification"),
        ("simulate", "irekae simulate --trials 1000 --set 'create=60 us' FILE", "more runs, another duration"),
        ("emit", "irekae emit --project -o simulator FILE", "a C# project: cd simulator && dotnet run -c Release"),
        ("calibrate", "irekae calibrate FILE --data table.csv -o fit.json", "values that explain measurements"),
        ("validate", "irekae validate FILE --data table.csv", "measurements against the exact intervals"),
        ("conform", "irekae conform FILE --trace trace.csv", "whether it is one of a run"),
        ("conform", "irekae conform FILE --trace t.txt --mapping m.json", "with names of its own"),
        ("audit", "irekae audit specs/paper/", "what becomes of each claim of the seed paper"),
        ("audit", "irekae audit specs/paper/ --markdown en", "the same as a page: docs/paper.md"),
        ("completion", "source <(irekae completion bash)", "in this shell; in ~/.bashrc, or with zsh in ~/.zshrc: in every one"),
        ("completion", "irekae completion fish | source", "the same in fish; in ~/.config/fish/config.fish: in every one"),
        ("bench", "irekae bench --workload 'disk*'", "how the cost grows with the disk reads"),
    ];

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var command = parseResult.CommandResult.Command;
        var shown = Examples.Where(example => command is RootCommand || example.Command == command.Name).ToList();
        int width = shown.Max(example => example.Example.Length);
        output.WriteLine("Examples:");
        foreach (var (_, example, meaning) in shown) output.WriteLine($"  {example.PadRight(width)}  {meaning}");
        output.WriteLine();
        output.WriteLine("Exit codes: 0 proved, 1 refuted, 2 unknown or a limit was reached, 3 bad input, 4 internal error.");
        return code;
    }
}
