using Irekae.Checker.Cli;
using Irekae.Model.Diagnostics;

namespace Irekae.Tests.Checker.Cli;

public class CliTests
{
    [Fact]
    public void Version_is_one_line() => Assert.Matches(@"^irekae \d+\.\d+\.\d+\r?\n$", Console.InProcess("--version").Out);

    [Fact]
    public void Without_arguments_it_helps()
    {
        var printed = Console.InProcess();
        Assert.Equal(0, printed.Code);
        Assert.Equal(Console.InProcess("--help").Out, printed.Out);
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("check")]
    [InlineData("fmt")]
    [InlineData("lsp")]
    [InlineData("init")]
    [InlineData("run")]
    [InlineData("explain")]
    [InlineData("bench")]
    public void Every_command_has_an_example_in_the_help_of_all_and_its_own(string command)
    {
        Assert.Contains($"  irekae {command}", Console.InProcess("--help").Out);
        var own = Console.InProcess(command, "--help");
        Assert.Equal(0, own.Code);
        Assert.Contains($"  irekae {command}", own.Out);
    }

    [Theory]
    [InlineData("verfy")]
    [InlineData("verify")]
    [InlineData("verify", "x.irk", "--nonsense")]
    [InlineData("verify", "x.irk", "--time-limit", "soon")]
    [InlineData("verify", "x.irk", "--memory-limit", "1T")]
    [InlineData("verify", "x.irk", "--state-limit", "0")]
    [InlineData("verify", "x.irk", "--threads", "many")]
    [InlineData("init")]
    [InlineData("init", "2nd")]
    [InlineData("init", "a/b")]
    [InlineData("init", "../up")]
    [InlineData("init", "else")]
    [InlineData("init", "specs")]
    [InlineData("completion")]
    [InlineData("completion", "cmd")]
    [InlineData("fmt")]
    [InlineData("fmt", "-x")]
    [InlineData("fmt", "absent.irk")]
    [InlineData("fmt", "specs/rejected/IRK1003-expected.irk")]
    [InlineData("fmt", "specs/rejected/IRK1004-invalid-encoding.irk")]
    [InlineData("run", "a.irk", "b.irk")]
    [InlineData("run", "x.irk", "--seed", "-1")]
    [InlineData("explain", "IRK0000")]
    [InlineData("explain", "a", "b")]
    [InlineData("@response-file")]
    [InlineData("[diagram]", "verify")]
    public void Bad_arguments_are_bad_input(params string[] args)
    {
        var printed = Console.InProcess(args);
        Assert.Equal(ExitCode.BadInput, printed.Code);
        Assert.Equal("", printed.Out);
        Assert.NotEqual("", printed.Error);
    }

    [Fact]
    public void Explain_knows_every_code()
    {
        string all = Console.InProcess("explain").Out;
        Assert.Contains("IRK1003", all);
        Assert.Contains("something required is missing", Console.InProcess("explain", "irk1003").Out);
    }

    [Fact]
    public void Explain_shows_the_example_of_every_code_that_has_one()
    {
        var examples = Directory.EnumerateFiles(Repository.Folder("specs", "rejected"), "IRK*.irk").Select(path => Path.GetFileName(path)[..7]).ToList();
        Assert.NotEmpty(examples);
        foreach (string code in examples)
        {
            var printed = Console.InProcess("explain", code);
            Assert.Equal(0, printed.Code);
            Assert.Contains("For example", printed.Out);
            Assert.Contains($" {code}: ", printed.Out);
            Assert.Contains("and, corrected, reads", printed.Out);
            Assert.All(printed.Out, character => Assert.True(character is '\n' or '\r' || !char.IsControl(character), code));
        }
    }

    [Fact]
    public void Explain_says_in_words_what_no_example_shows()
    {
        foreach (var code in Codes.All)
        {
            bool example = RejectedExample.Of(code.Id) is not null;
            Assert.Equal(!example, RejectedExample.InWords(code) is not null);
            if (!example) Assert.Contains(RejectedExample.InWords(code)!, Console.InProcess("explain", code.Id).Out);
        }
    }

    [Fact]
    public void A_fault_of_the_program_is_a_message_and_not_a_trace()
    {
        var stderr = new StringWriter();
        int code = Irekae.Checker.Cli.Cli.Run(["explain"], new BrokenWriter(), stderr);
        Assert.Equal(ExitCode.InternalError, code);
        Assert.Contains("Please report it", stderr.ToString());
        Assert.DoesNotContain("   at ", stderr.ToString());
    }

    [Theory]
    [InlineData(new[] { 0, 2, 1 }, 1)]
    [InlineData(new[] { 0, 2 }, 2)]
    [InlineData(new[] { 1, 3, 2 }, 3)]
    [InlineData(new[] { 3, 4 }, 4)]
    [InlineData(new int[0], 0)]
    public void The_worst_exit_code_counts(int[] codes, int worst) => Assert.Equal(worst, ExitCode.Worst(codes));

    private sealed class BrokenWriter : StringWriter
    {
        public override void WriteLine(string? value) => throw new InvalidOperationException("the disk is made of cheese");
    }

    /// <summary>A disk that is full, and a reader that has seen enough.</summary>
    [Theory]
    [InlineData("> /dev/full", ExitCode.BadInput, "cannot read or write: No space left on device\n")]
    [InlineData("| true; exit ${PIPESTATUS[0]}", ExitCode.Proved, "")]
    public void Output_that_goes_nowhere(string where, int code, string said)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "irekae.dll");
        var printed = Console.Start("bash", ["-c", $"dotnet '{program}' emit specs/first/first.irk {where}"], []);
        Assert.Equal((code, said), (printed.Code, printed.Error));
    }
}
