using Irekae.Checker.Cli;
using Irekae.Model.Semantics;

namespace Irekae.Tests.Checker.Cli;

/// <summary>Runs that verify saves, and that anyone can run again.</summary>
public sealed class SavedRunTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("specs/first/first.irk")]
    [InlineData("specs/minix3/minix3.irk")]
    [InlineData("specs/ant/ant.irk")]
    public void Every_saved_run_replays_and_shows_the_same_value(string spec)
    {
        string file = Repository.Folder(spec);
        using var verified = System.Text.Json.JsonDocument.Parse(Console.InProcess("verify", "--json", "--save-runs", folder, file).Out);
        var properties = verified.RootElement.GetProperty("results")[0].GetProperty("properties").EnumerateArray()
            .Where(property => property.GetProperty("witness").ValueKind == System.Text.Json.JsonValueKind.Array).ToList();
        Assert.NotEmpty(properties);
        Assert.Equal(properties.Count, Directory.GetFiles(folder).Length);
        foreach (var property in properties)
        {
            string name = property.GetProperty("name").GetString()!;
            string path = Saved(spec, name);
            var again = Console.InProcess("run", file, "--replay", path);
            Assert.Equal("", again.Error);
            Assert.Equal(ExitCode.Proved, again.Code);
            var saved = SavedRun.Parse(File.ReadAllText(path));
            if (property.GetProperty("value") is { ValueKind: System.Text.Json.JsonValueKind.Object } value && value.GetProperty("attained").GetBoolean())
            {
                var found = value.GetProperty("found").GetString()!.Split('/').Select(long.Parse).ToArray();
                Assert.Equal(Irekae.Model.Numbers.TimeText.Of(new(found[0] * Nanoseconds(value.GetProperty("unit").GetString()!), found[1])), saved.Value);
                Assert.Contains($"{name}: {saved.Value} in this run", again.Out);
            }
            Assert.Equal(File.ReadAllText(path), saved.Text(file));
        }
    }

    [Fact]
    public void An_impossible_step_is_named()
    {
        string path = Save(text => text.Replace("\nrun/1 1 ", "\nrun/1 1 99 "));
        IsRefused(path, "step 1 of 11 is not possible");
    }

    [Theory]
    [InlineData("run/1", "run/2", "a run begins with 'run/1'")]
    [InlineData("system: first", "system: second", "it is a run of 'second', and the specification is of 'first'")]
    [InlineData("property: too_tight", "property: loose", "no property 'loose'")]
    [InlineData("ties:", "variant: none\nties:", "no variant 'none'")]
    [InlineData("ties:", "faults: ds_crash\nties:", "no fault 'ds_crash'")]
    [InlineData("completion_first", "whatever", "no order of simultaneous events 'whatever'")]
    [InlineData("ties:", "property: bound\nties:", "property is said twice")]
    [InlineData("ties:", "[red]:", "is expected before a colon")]
    [InlineData("212 us", "213 us", "the specification has changed")]
    public void A_broken_or_foreign_run_is_bad_input(string part, string instead, string reason) => IsRefused(Save(text => text.Replace(part, instead)), reason);

    [Fact]
    public void A_run_that_is_not_there_is_bad_input() => IsRefused(Path.Combine(folder, "none.run"), "Could not find file");

    [Fact]
    public void Whatever_is_done_to_a_run_it_is_never_a_fault_of_the_program()
    {
        string text = File.ReadAllText(Save(text => text));
        var random = new Random(1);
        for (int i = 0; i < 300; i++)
        {
            var broken = text.ToCharArray();
            for (int k = 0; k <= i % 3; k++) broken[random.Next(broken.Length)] = "0123456789:=.,* \nx"[random.Next(18)];
            string path = Path.Combine(folder, "broken.run");
            File.WriteAllText(path, broken);
            Assert.True(Console.InProcess("run", First, "--replay", path).Code is ExitCode.Proved or ExitCode.BadInput, new string(broken));
        }
    }

    [Fact]
    public void A_folder_that_cannot_be_is_bad_input()
    {
        string file = Path.Combine(folder, "file");
        File.WriteAllText(file, "");
        Assert.Equal(ExitCode.BadInput, Console.InProcess("verify", First, "--save-runs", file).Code);
    }

    private static string First => Repository.Folder("specs", "first", "first.irk");

    private string Saved(string spec, string property) => Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(spec)}.{property}.run");

    private string Save(Func<string, string> change)
    {
        Console.InProcess("verify", "-p", "too_tight", "--save-runs", folder, First);
        string path = Saved(First, "too_tight");
        File.WriteAllText(path, change(File.ReadAllText(path)));
        return path;
    }

    private static void IsRefused(string path, string reason)
    {
        var printed = Console.InProcess("run", First, "--replay", path);
        Assert.Equal(ExitCode.BadInput, printed.Code);
        Assert.Contains(reason, printed.Error);
    }

    private static long Nanoseconds(string unit) => unit switch { "ns" => 1, "us" => 1_000, "ms" => 1_000_000, _ => 1_000_000_000 };
}
