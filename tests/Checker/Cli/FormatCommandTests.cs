using System.Text;
using Irekae.Checker.Cli;

namespace Irekae.Tests.Checker.Cli;

public sealed class FormatCommandTests : IDisposable
{
    private const string Ragged = "system s;\nprocess p at 1{run 1us;} // one\n";
    private const string Formatted = "system s;\nprocess p at 1 { run 1 us; } // one\n";

    private readonly string folder = Directory.CreateTempSubdirectory("irekae-fmt").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Files_are_formatted_in_place()
    {
        string ragged = Write("ragged.irk", Ragged), formatted = Write("formatted.irk", Formatted);
        var printed = Console.InProcess("fmt", ragged, formatted);
        Assert.Equal(new Printed(ExitCode.Proved, $"{ragged}: formatted\n", ""), printed);
        Assert.Equal(Formatted, File.ReadAllText(ragged));
        Assert.Equal(new Printed(ExitCode.Proved, "", ""), Console.InProcess("fmt", "--check", ragged, formatted));
    }

    [Fact]
    public void With_check_nothing_is_written()
    {
        string ragged = Write("ragged.irk", Ragged);
        Assert.Equal(new Printed(ExitCode.Refuted, $"{ragged}: not formatted\n", ""), Console.InProcess("fmt", "--check", ragged));
        Assert.Equal(Ragged, File.ReadAllText(ragged));
    }

    [Fact]
    public void A_file_with_errors_is_reported_and_left_alone_and_others_are_formatted()
    {
        string broken = Write("broken.irk", "system s;\nprocess p at 1{run 1us"), ragged = Write("ragged.irk", Ragged);
        var printed = Console.InProcess("fmt", broken, ragged);
        Assert.Equal(ExitCode.BadInput, printed.Code);
        Assert.Contains("IRK1003", printed.Error);
        Assert.Equal("system s;\nprocess p at 1{run 1us", File.ReadAllText(broken));
        Assert.Equal(Formatted, File.ReadAllText(ragged));
    }

    [Theory]
    [InlineData("import \"absent.irk\";\nprocess p at 1 { run forgotten; }\n")]
    [InlineData("system rejected;\nprocess p at 1 { kill nobody_here; }\n")]
    public void What_a_text_means_does_not_matter(string text) => Assert.Equal(ExitCode.Proved, Console.InProcess("fmt", "--check", Write("s.irk", text)).Code);

    [Theory]
    [InlineData(Ragged, ExitCode.Proved, Formatted)]
    [InlineData("process {", ExitCode.BadInput, "")]
    public void Standard_input_goes_to_standard_output(string text, int code, string formatted)
    {
        var printed = WithInput(text, "fmt", "-");
        Assert.Equal(code, printed.Code);
        Assert.Equal(formatted, printed.Out);
        Assert.Equal(code != ExitCode.Proved, printed.Error.Contains("standard input:1:"));
    }

    [Fact]
    public void Standard_input_is_checked() => Assert.Equal(new Printed(ExitCode.Refuted, "standard input: not formatted\n", ""), WithInput(Ragged, "fmt", "-", "--check"));

    private static Printed WithInput(string text, params string[] args)
    {
        var (stdout, stderr) = (new StringWriter(), new StringWriter());
        var terminal = Terminal.Plain(stdout, stderr) with { Input = () => new MemoryStream(Encoding.UTF8.GetBytes(text)) };
        return new Printed(Irekae.Checker.Cli.Cli.Run(args, terminal, CancellationToken.None), stdout.ToString(), stderr.ToString());
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
