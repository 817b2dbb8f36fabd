using Irekae.Checker.Cli;
using Irekae.Checker.Verification;
using Irekae.Model.Numbers;

namespace Irekae.Tests.Checker.Cli;

/// <summary>What is drawn while explorations go on.</summary>
public class LiveExplorationsTests
{
    private static readonly VerifyProgress Progress = new("[red]longest", 1234, 56, 789.4, new Rational(336_000, 1), TimeSpan.FromSeconds(7));

    [Fact]
    public void On_a_terminal_each_exploration_has_a_line_and_all_go_away()
    {
        var error = new StringWriter();
        var terminal = Terminal.Plain(TextWriter.Null, error) with { Live = true, Width = 80 };
        int answer = LiveExplorations.Show(terminal, "[bold]a.irk", progress =>
        {
            progress!.Report(Progress);
            progress.Report(Progress with { Property = "shortest", Best = null });
            return 7;
        });
        Assert.Equal(7, answer);
        Assert.Contains("[bold]a.irk", error.ToString());
        Assert.Matches(@"\[red\]longest +1234 +56 +789 +336 us +7\s", error.ToString());
        Assert.Matches(@"shortest +1234 +56 +789 +7\s", error.ToString());
        Assert.EndsWith("\e[?25h", error.ToString()); // the cursor is back
        Assert.DoesNotContain("\e[3", error.ToString()); // no colour was asked for
    }

    [Fact]
    public void Elsewhere_nothing_is_drawn()
    {
        var error = new StringWriter();
        Assert.True(LiveExplorations.Show(Terminal.Plain(TextWriter.Null, error), "a.irk", progress => progress is null));
        Assert.Equal("", error.ToString());
    }
}
