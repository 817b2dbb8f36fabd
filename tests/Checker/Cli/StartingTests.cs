using Irekae.Checker.Cli;

namespace Irekae.Tests.Checker.Cli;

public sealed class StartingTests
{
    [Fact]
    public void What_init_makes_is_proved_formatted_and_verified_by_its_workflow()
    {
        string name = $"irekae_init_{Guid.NewGuid():N}";
        try
        {
            var made = Console.InProcess("init", name);
            Assert.Equal(new Printed(ExitCode.Proved, $"{name}/README.md\n{name}/specs/{name}.irk\n{name}/.github/workflows/irekae.yml\n\nNext: cd {name} && irekae verify specs/{name}.irk\n", ""), made);
            string spec = $"{name}/specs/{name}.irk";
            Assert.Equal(new Printed(ExitCode.Proved, $"{spec}: no mistakes\n", ""), Console.InProcess("check", spec));
            Assert.Equal(new Printed(ExitCode.Proved, "", ""), Console.InProcess("fmt", "--check", spec));
            var verified = Console.InProcess("verify", "--no-simulator", spec);
            Assert.Equal(ExitCode.Proved, verified.Code);
            Assert.Contains("17 us attained", verified.Out);

            string workflow = File.ReadAllText($"{name}/.github/workflows/irekae.yml");
            Assert.Contains($"irekae/irekae verify --quiet specs/{name}.irk\n", workflow);
            Assert.DoesNotContain("first.irk", workflow);
            Assert.DoesNotContain("NAME", workflow + File.ReadAllText(spec) + File.ReadAllText($"{name}/README.md"));

            var again = Console.InProcess("init", name);
            Assert.Equal(ExitCode.BadInput, again.Code);
            Assert.Contains("is there already", again.Error);
        }
        finally
        {
            if (Directory.Exists(name)) Directory.Delete(name, recursive: true);
        }
    }

    [Theory]
    [InlineData("ver", "verify")]
    [InlineData("verify --eng", "--engine")]
    [InlineData("verify --engine ", "bounded")]
    [InlineData("completion ", "bash")]
    public void Commands_options_and_values_are_suggested(string line, string suggested)
    {
        var printed = Console.InProcess($"[suggest:{line.Length}]", line);
        Assert.Equal(ExitCode.Proved, printed.Code);
        Assert.Contains(suggested, printed.Out.ReplaceLineEndings("\n").Split('\n'));
    }

    /// <summary>The completion as bash itself does it, with this program behind the word <c>irekae</c>.</summary>
    [Theory]
    [InlineData("irekae ver", "verify")]
    [InlineData("irekae verify --eng", "--engine")]
    [InlineData("irekae verify --engine bou", "bounded")]
    [InlineData("irekae check LICEN", "LICENSE")]
    public void Bash_completes(string line, string completed)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "no bash");
        string program = Path.Combine(AppContext.BaseDirectory, "irekae.dll");
        string script = $$"""
            irekae() { dotnet '{{program}}' "$@"; }
            {{Console.InProcess("completion", "bash").Out}}
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}} COMP_WORDS=({{line}}) COMP_CWORD=$(( {{line.Split(' ').Length}} - 1 ))
            _irekae
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        Assert.Equal(new Printed(0, completed + "\n", ""), Console.Start("/bin/bash", ["-c", script], []));
    }
}
