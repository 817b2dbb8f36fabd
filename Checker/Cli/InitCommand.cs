using System.CommandLine;
using Irekae.Model.Diagnostics;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Checker.Cli;

/// <summary><c>irekae init NAME</c>: a folder with a specification that is proved, and what verifies it with every change.</summary>
internal static class InitCommand
{
    /// <summary>What docs/ci/github.yml verifies.</summary>
    private const string Sample = "specs/first/first.irk -p bound -p one";

    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = "Of the system, and of the folder that is made." };
        var command = new Command("init", "Make a folder with a specification to begin with.") { name };
        command.SetAction(result => Make(result.GetRequiredValue(name), terminal));
        return command;
    }

    private static int Make(string name, Terminal terminal)
    {
        if (!IsName(name))
        {
            terminal.Error.WriteLine($"'{name}' is no name for a system: letters, digits and '_', not beginning with a digit, and no reserved word");
            return ExitCode.BadInput;
        }

        if (File.Exists(name) || (Directory.Exists(name) && Directory.EnumerateFileSystemEntries(name).Any()))
        {
            terminal.Error.WriteLine($"'{name}' is there already; take another name, or move it away");
            return ExitCode.BadInput;
        }

        (string Path, string Text)[] files =
        [
            ($"{name}/README.md", Read("starting.md").Replace("NAME", name, StringComparison.Ordinal)),
            ($"{name}/specs/{name}.irk", Read("starting.irk").Replace("NAME", name, StringComparison.Ordinal)),
            ($"{name}/.github/workflows/irekae.yml", Read("github.yml").Replace(Sample, $"specs/{name}.irk", StringComparison.Ordinal)),
        ];
        foreach (var (path, text) in files)
        {
            bool written = Outputs.Try(path, terminal, () =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, text);
            });
            if (!written) return ExitCode.BadInput;
            terminal.Out.WriteLine(path);
        }

        terminal.Out.WriteLine();
        terminal.Out.WriteLine($"Next: cd {name} && irekae verify specs/{name}.irk");
        return ExitCode.Proved;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= Limits.NameLength
        && !Words.Reserved.Contains(name)
        && Lexer.Read(new SourceText("name", name), new DiagnosticBag()) is [{ Kind: TokenKind.Name } only, _] && only.Length == name.Length;

    private static string Read(string resource)
    {
        using var reader = new StreamReader(typeof(InitCommand).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
