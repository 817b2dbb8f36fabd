using Irekae.Checker.Cli;

namespace Irekae.Tests.Checker.Cli;

public sealed class StartingTests : IDisposable
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
            var simulated = Console.InProcess("simulate", spec);
            Assert.Equal((ExitCode.Proved, ""), (simulated.Code, simulated.Error));
            Assert.Matches(@"\n  request +\d+ +10 us .* 17 us\n", simulated.Out);

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
    [InlineData("completion z", "zsh")]
    public void Commands_options_and_values_are_suggested(string line, string suggested)
    {
        var printed = Console.InProcess($"[suggest:{line.Length}]", line);
        Assert.Equal(ExitCode.Proved, printed.Code);
        Assert.Contains(suggested, printed.Out.ReplaceLineEndings("\n").Split('\n'));
    }

    public static MatrixTheoryData<string, (string Line, string Completed)> Completions => new(
        ["bash", "zsh", "fish"],
        [("irekae ver", "verify"), ("irekae verify --eng", "--engine"), ("irekae verify --engine bou", "bounded"), ("irekae check LICEN", "LICENSE"), ("irekae completion fi", "fish")]);

    /// <summary>The completion as each shell itself does it, with this program behind the word <c>irekae</c>.</summary>
    [Theory]
    [MemberData(nameof(Completions))]
    public void Shells_complete(string shell, (string Line, string Completed) tried)
    {
        string? program = new[] { $"/bin/{shell}", $"/usr/bin/{shell}" }.FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, $"no {shell} (apt-get install {shell})");
        string line = tried.Line, irekae = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "irekae.dll")}'", completion = Console.InProcess("completion", shell).Out;
        string script = shell switch
        {
            "bash" => $$"""
                irekae() { {{irekae}} "$@"; }
                {{completion}}
                COMP_LINE='{{line}}' COMP_POINT={{line.Length}} COMP_WORDS=({{line}}) COMP_CWORD=$(( {{line.Split(' ').Length}} - 1 ))
                _irekae
                printf '%s\n' "${COMPREPLY[@]}"
                """,
            "fish" => $"function irekae; {irekae} $argv; end\n{completion}\ncomplete -C '{line}'",
            // An interactive shell, in which the tabulator is pressed: what comes of the line is said by who is started with it.
            _ => $$"""
                zmodload zsh/zpty
                export TERM=dumb
                zpty shell zsh -f -i
                zpty -w shell 'autoload -U compinit; compinit -u -D; irekae() { if [[ $1 == "[suggest"* ]]; then {{irekae}} "$@"; else print -r -- "<${@[-1]}>"; fi }; source {{CompletionFile(completion)}}; print -r -- "<"ready">"'
                zpty -r shell seen '*<ready>*'
                zpty -n -w shell $'{{line}}\t\n'
                zpty -r shell seen '*<*>*'
                print -r -- "${${seen##*<}%%>*}"
                """,
        };
        Assert.Equal(new Printed(0, tried.Completed + "\n", ""), Console.Start(program, shell == "zsh" ? ["-f", "-c", script] : shell == "fish" ? ["--no-config", "-c", script] : ["-c", script], []));
    }

    private readonly string folder = Directory.CreateTempSubdirectory("irekae-completion").FullName;

    private string CompletionFile(string text)
    {
        string path = Path.Combine(folder, "completion");
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
