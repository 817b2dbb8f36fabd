using Irekae.Checker.Testing;
using Irekae.Model;
using Irekae.Tests.Laws;
using Console = Irekae.Tests.Checker.Cli.Console;

namespace Irekae.Tests.Checker.Testing;

/// <summary>
/// How far shrinking comes: the bounded engine, which looks at all runs move by move, finds none that fails with ten moves less than the one that
/// <c>irekae test</c> shows.
/// </summary>
public sealed class ShortestRunTests(ITestOutputHelper output)
{
    private const int Beyond = 10;

    [Theory]
    [InlineData("minix3", "max replacement_time <= 315 us")]
    [InlineData("minix3", "max frame_left <= 200 us")]
    [InlineData("minix3", "max gap(ap.send) <= 1.1 ms")]
    [InlineData("minix3", "never driver.new.memory == kept_state")]
    [InlineData("ant", "max replacement_time <= 5 ms")]
    [InlineData("ant", "max send_time <= 100 us")]
    [InlineData("ant", "max gap(ap.send) <= 1.1 ms", true)]
    public void What_is_shown_is_at_most_ten_moves_longer_than_the_shortest(string name, string fault, bool long_ = false)
    {
        if (long_ && Campaign.Size(0, 1) == 0) Assert.Skip("a long one: only in a campaign");
        string folder = Directory.CreateTempSubdirectory("irekae-planted").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "common"));
            foreach (string part in Directory.GetFiles(Repository.Folder("specs", "common"))) File.Copy(part, Path.Combine(folder, "common", Path.GetFileName(part)));
            string file = Path.Combine(folder, $"{name}.irk");
            File.WriteAllText(file, File.ReadAllText(Repository.Folder("specs", name, $"{name}.irk")) + $"property planted: {fault};\n");

            var tested = RandomTest.Run(Spec.Load(file), new RandomTestOptions { Properties = ["planted"], Runs = 6 }, null, default).Tested.Single();
            Assert.Equal(Outcome.Failed, tested.Outcome);
            int moves = tested.Shown!.Moves, depth = moves - Beyond - 1;
            if (depth > 0)
            {
                var bounded = Console.InProcess("verify", "--engine", "bounded", "--depth", $"{depth}", "--property", "planted", "--no-simulator", file);
                Assert.True(bounded.Code == 2, $"shown are {moves} moves, and there is a run of {depth} or less:\n{bounded.Out}{bounded.Error}");
                Assert.Contains($"proved only up to {depth} moves", bounded.Out);
            }

            output.WriteLine($"{name}: {fault}: {moves} moves; {(depth > 0 ? $"no run of {depth}" : "no run need be ruled out")}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
