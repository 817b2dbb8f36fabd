using System.Text;

namespace Irekae.Tests.Checker.Proofs;

/// <summary>Whatever lies in a bundle, both checkers end with an answer and not with a trace.</summary>
public sealed class MalformedTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("irekae-malformed").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    private static Dictionary<string, Func<string>> Texts { get; } = new()
    {
        ["empty"] = () => "",
        ["cut off"] = () => "{\"format\":\"irekae-certificate/2\",\"mod",
        ["not JSON"] = () => "rows: none\n",
        ["a list"] = () => "[]",
        ["deep"] = () => new string('[', 1_000_000),
        ["deep objects"] = () => string.Concat(Enumerable.Repeat("{\"a\":", 200_000)),
        ["a long number"] = () => $"{{\"format\":{new string('9', 1_000_000)}}}",
        ["an open text"] = () => "{\"format\":\"" + string.Concat(Enumerable.Repeat("\\\"", 500_000)),
        ["no Unicode"] = () => "{\"format\":\"\u00e9\u0001\"}",
        ["a fraction"] = () => "{\"format\":1e999999999}",
        ["twice"] = () => "{\"format\":1,\"format\":1}",
    };

    [Fact]
    public void IsRefusedInWords()
    {
        var folders = new List<string>();
        foreach (var (what, text) in Texts)
        {
            foreach (string name in new[] { "model.json", "cert.json", "manifest.json" })
            {
                string path = Path.Combine(folder, $"{what} {name}");
                var bundle = Proved.Bundle("first/first.irk", "bound");
                bundle.Files[name] = Encoding.Latin1.GetBytes(text());
                if (name != "manifest.json") TamperingTests.Rehash(bundle);
                bundle.Save(path);
                folders.Add(path);
                var own = Cli.Console.InProcess("check-proof", path);
                bool none = what == "empty" && name == "manifest.json";
                Assert.True(own.Code == (none ? 3 : 1) && own.Out.Length + own.Error.Length < 600, $"{path}: {own.Code} {own.Out[..Math.Min(600, own.Out.Length)]}");
            }
        }

        string all = string.Join(", ", folders.Select(f => $"'{f}'"));
        var (code, output) = BundleTests.Start("python3", "-c", $"import sys; sys.path.insert(0, 'Checker/Proofs'); sys.dont_write_bytecode = True; import check; sys.exit(min(check.main(['', f]) for f in [{all}]))");
        Assert.True(code == 1 && output.Length < 300 * folders.Count, output);
        Assert.All(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("REJECTED: ", line, StringComparison.Ordinal));
    }
}
