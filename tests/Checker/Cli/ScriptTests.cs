namespace Irekae.Tests.Checker.Cli;

/// <summary>The start script itself, in processes of their own.</summary>
public class ScriptTests
{
    private static readonly string Script = Repository.Folder("irekae");

    [Fact]
    public void It_passes_arguments_and_exit_codes_on()
    {
        Assert.Matches(@"^irekae \d+\.\d+\.\d+\n$", Console.Start(Script, ["--version"], []).Out);
        Assert.Equal(3, Console.Start(Script, ["verify", "no such file.irk"], []).Code);
        Assert.Equal(1, Console.Start(Script, ["verify", "--quiet", "specs/first/first.irk"], []).Code);
    }

    [Fact]
    public async Task Two_at_once_do_not_disturb_each_other()
    {
        var started = Enumerable.Range(0, 2).Select(_ => Task.Run(() => Console.Start(Script, ["--version"], [])));
        Assert.All(await Task.WhenAll(started), printed => Assert.Equal(0, printed.Code));
    }

    [Fact]
    public void Without_dotnet_it_says_how_to_get_it()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        foreach (string tool in new[] { "bash", "env", "dirname", "readlink", "cat", "find" })
            File.CreateSymbolicLink(Path.Combine(folder, tool), Path.Combine(File.Exists("/usr/bin/" + tool) ? "/usr/bin" : "/bin", tool));
        var printed = Console.Start(Script, ["--version"], [("PATH", folder)]);
        Directory.Delete(folder, recursive: true);
        Assert.Equal(4, printed.Code);
        Assert.Contains("apt-get install -y dotnet-sdk-10.0", printed.Error);
    }

    [Fact]
    public void Output_into_a_pipe_has_no_colour_and_no_progress()
    {
        Console.Start(Script, ["--version"], []); // whatever has to be built is built
        var printed = Console.Start(Script, ["verify", "specs/first/first.irk"], [("TERM", "xterm"), ("LANG", "C")]);
        Assert.DoesNotContain('\e', printed.Out + printed.Error);
        Assert.Contains("✓ proved", printed.Out);
        Assert.Equal("", printed.Error);
    }
}
