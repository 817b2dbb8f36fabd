using System.CommandLine;
using Irekae.Model.Diagnostics;

namespace Irekae.Checker.Cli;

/// <summary><c>irekae explain CODE</c>: what a diagnostic code means, with an example and its correction; without a code, the list of all.</summary>
internal static class ExplainCommand
{
    private static readonly (char Band, string Title)[] Bands =
    [
        ('1', "text and syntax"), ('2', "names"), ('3', "units and types"), ('4', "structure"), ('5', "imports and files"),
    ];

    public static Command Create(Terminal terminal)
    {
        var code = new Argument<string>("CODE") { Description = "Such as IRK1003; without it, all codes are listed.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("explain", "Say what a diagnostic code means.") { code };
        command.SetAction(result => Explain(result.GetValue(code), terminal));
        return command;
    }

    private static int Explain(string? id, Terminal terminal)
    {
        var shown = id is null ? Codes.All : [.. Codes.All.Where(code => code.Id.Equals(id, StringComparison.OrdinalIgnoreCase))];
        if (shown.IsEmpty)
        {
            terminal.Error.WriteLine($"there is no code {id}; 'irekae explain' lists all");
            return ExitCode.BadInput;
        }
        if (id is null) foreach (var code in shown) terminal.Out.WriteLine($"{code.Id}  {code.Title}");
        else Explain(shown[0], terminal);
        return ExitCode.Proved;
    }

    private static void Explain(Code code, Terminal terminal)
    {
        terminal.Out.WriteLine($"{terminal.Bold(code.Id)} ({DiagnosticText.Name(code.Severity)}, {Band(code)}): {code.Title}");
        if (RejectedExample.InWords(code) is { } words)
        {
            terminal.Out.WriteLine();
            terminal.Out.WriteLine(words);
        }
        if (RejectedExample.Of(code.Id) is not { } example) return;
        Show("For example", example.Source, terminal);
        Show("is answered with", example.Answer, terminal);
        Show("and, corrected, reads", example.Corrected, terminal);
    }

    private static void Show(string what, string text, Terminal terminal)
    {
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(what);
        terminal.Out.WriteLine();
        terminal.Out.Write(terminal.Signs(RejectedExample.Indented(text)));
    }

    internal static string Band(Code code) => Array.Find(Bands, band => band.Band == code.Id[3]).Title ?? "other";
}
