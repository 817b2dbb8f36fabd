using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Irekae.Checker.Proofs;

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
        ["no number"] = () => "{\"format\":NaN}",
        ["a long number as text"] = () => $"{{\"format\":\"irekae-certificate/2\",\"model\":\"{new string('9', 1_000_000)}\"}}",
        ["of other types"] = () => "{\"format\":\"irekae-run/1\",\"model\":[],\"fine\":{},\"moves\":7,\"clock\":null,\"ends\":\"\"}",
        ["many lists"] = () => "[" + string.Join(",\n", Enumerable.Repeat("[]", 300_000)) + "]",
        ["twice"] = () => "{\"format\":1,\"format\":1}",
    };

    [Fact]
    public void IsRefusedInWords()
    {
        var folders = new List<string>();
        foreach (var (what, text) in Texts)
        {
            foreach (string name in new[] { "model.json", "cert.json", "run.json", "manifest.json", Bundle.Hashes })
            {
                string path = Path.Combine(folder, $"{what} {name}");
                var bundle = Proved.Bundle("first/first.irk", "bound");
                bundle.Files[name] = Encoding.Latin1.GetBytes(text());
                if (name != Bundle.Hashes) TamperingTests.Rehash(bundle);
                bundle.Save(path);
                folders.Add(path);
                var own = Cli.Console.InProcess("check-proof", path);
                bool none = what == "empty" && name == "manifest.json";
                Assert.True(own.Code == (none ? 3 : 1) && own.Out.Length + own.Error.Length < 800, $"{path}: {own.Code} {own.Out[..Math.Min(800, own.Out.Length)]}");
            }
        }

        string all = string.Join(", ", folders.Select(f => $"'{f}'"));
        var (code, output) = BundleTests.Start("python3", "-c", $"import sys; sys.path.insert(0, 'Checker/Proofs'); sys.dont_write_bytecode = True; import check; sys.exit(min(check.main(['', f]) for f in [{all}]))");
        Assert.True(code == 1 && output.Length < 300 * folders.Count, output);
        Assert.All(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("REJECTED: ", line, StringComparison.Ordinal));
    }

    /// <summary>Files of three gigabytes, on disk or only by what a zip says, are not read.</summary>
    [Theory]
    [InlineData("model.json")]
    [InlineData("SHA256SUMS")]
    [InlineData("specs/first/first.irk")]
    public void AFileOfGigabytesIsNotRead(string name)
    {
        string path = Path.Combine(folder, "huge");
        Proved.Bundle("first/first.irk", "bound").Save(path);
        using (var file = File.OpenWrite(Path.Combine(path, name))) file.SetLength(3L << 30);
        long before = GC.GetTotalAllocatedBytes();
        var own = Cli.Console.InProcess("check-proof", path);
        Assert.True(own.Code == 3 && own.Error.Contains($"{name} is larger than 256 MiB", StringComparison.Ordinal), own.Error);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 100 << 20);
        var (code, output) = BundleTests.Start("python3", Path.Combine(path, "check.py"));
        Assert.Equal((1, $"REJECTED: {name} is too large, or one of too many\n"), (code, output));
    }

    [Fact]
    public void AZipThatSaysAnotherLengthIsRefused()
    {
        string zip = Path.Combine(folder, "bomb.zip");
        using (var archive = ZipFile.Open(zip, ZipArchiveMode.Create))
        {
            using var stream = archive.CreateEntry(Bundle.Manifest).Open();
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 400; i++) stream.Write(zeros);
        }

        Assert.True(new FileInfo(zip).Length < 1 << 20);
        var own = Cli.Console.InProcess("check-proof", zip);
        Assert.True(own.Code == 3 && own.Error.Contains("is larger than 256 MiB", StringComparison.Ordinal), own.Error);
        byte[] bytes = File.ReadAllBytes(zip);
        int entry = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(bytes.AsSpan(entry + 24), 1000); // what it says it is unpacked
        File.WriteAllBytes(zip, bytes);
        own = Cli.Console.InProcess("check-proof", zip);
        Assert.True(own.Code is 1 or 3 && own.Out.Length + own.Error.Length < 400, own.Out + own.Error);
    }

    /// <summary>
    /// Members of a certificate, a run and a small model, each as something else, mostly of another type. Where it is of the same, as a name is, check.py may
    /// take it for another model, as the checker of certificates does.
    /// </summary>
    [Fact]
    public void WhatIsOfAnotherTypeIsRefusedByBoth()
    {
        var whole = Proved.Bundle("first/first.irk", "bound");
        string path = Path.Combine(folder, "types"), list = Path.Combine(folder, "changes");
        whole.Save(path);
        var (lines, accepted) = (new List<string>(), new List<bool>());
        foreach (string name in new[] { "cert.json", "run.json", "model.json" })
        {
            int count = Values(Proved.Parsed(whole.Files[name])).Count();
            for (int i = 0; i < count; i += 1 + count / 300)
            {
                var other = new JsonNode?[] { null, JsonValue.Create(true), JsonValue.Create("7"), new JsonArray(), new JsonObject(), JsonValue.Create(-7), JsonValue.Create(1.5), new JsonArray(new JsonArray()) }[i % 8];
                var document = Proved.Parsed(whole.Files[name]);
                var node = Values(document).ElementAt(i);
                if (node is null || node.ToJsonString() == (other?.ToJsonString() ?? "null")) continue;
                node.ReplaceWith(other);
                var bundle = Proved.Bundle("first/first.irk", "bound");
                bundle.Files[name] = Proved.Text(document);
                if (name == "model.json") Replace(bundle, Certificate.Hash(whole.Files[name]), Certificate.Hash(bundle.Files[name]));
                TamperingTests.Rehash(bundle);
                Assert.False(BundleChecker.Check(bundle)[^1].Holds);
                lines.Add(TamperingTests.Line(whole, bundle));
                accepted.Add(name == "model.json" && Proved.Check(bundle.Files[name], bundle.Files["cert.json"]) is ProofVerdict.Accepted);
            }
        }

        Assert.True(lines.Count > 500, $"{lines.Count}");
        File.WriteAllLines(list, lines);
        var (code, output) = BundleTests.Start("python3", Repository.Folder("tests", "Checker", "Proofs", "tamper.py"), Path.Combine(path, "check.py"), path, list);
        var answers = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(code == 0 && answers.Length == lines.Count, output);
        Assert.All(answers.Zip(accepted, lines), a => Assert.True(a.First.StartsWith(a.Second ? "accepted: " : "REFUSED: ", StringComparison.Ordinal), $"{a.First}\n{a.Third}"));
        Assert.True(accepted.Count(a => a) < 20);
    }

    private static void Replace(Bundle bundle, string old, string now)
    {
        foreach (string name in new[] { "cert.json", "run.json" }) bundle.Files[name] = Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(bundle.Files[name]).Replace(old, now, StringComparison.Ordinal));
    }

    /// <summary>All that is inside of it, the outermost first.</summary>
    private static IEnumerable<JsonNode?> Values(JsonNode? node) => (node switch
    {
        JsonObject members => members.Select(m => m.Value),
        JsonArray items => items,
        _ => [],
    }).SelectMany(child => Values(child).Prepend(child));
}
