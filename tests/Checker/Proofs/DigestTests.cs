using System.Security.Cryptography;
using System.Text.Json;
using Irekae.Checker.Proofs;
using Irekae.Tests.Checker.Cli;

namespace Irekae.Tests.Checker.Proofs;

/// <summary>One digest names a bundle, and both checkers refuse every other, saying what differs.</summary>
public sealed class DigestTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("irekae-digest").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    private string Prove(string name, params string[] more)
    {
        string path = Path.Combine(folder, name);
        var printed = Cli.Console.InProcess(["prove", "specs/first/first.irk", "-o", path, .. more]);
        Assert.True(Path.Exists(path), printed.Out + printed.Error);
        return path;
    }

    private static string Digest(string path) => File.ReadAllText(path + ".digest")[..64];

    [Fact]
    public void AFolderAZipAndASecondTimeHaveTheSame()
    {
        string one = Prove("one", "-p", "bound"), zip = Prove("one.zip", "-p", "bound");
        string again = Path.Combine(folder, "again");
        var printed = Cli.Console.Program("prove", "specs/first/first.irk", "-o", again, "-p", "bound"); // another process
        Assert.Contains($"digest: {Digest(one)}\n", printed.Out, StringComparison.Ordinal);
        Assert.Equal(Digest(one), Digest(zip));
        Assert.Equal(Digest(one), Digest(again));
        Assert.Equal(Digest(one), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(one, "SHA256SUMS")))));
        Assert.NotEqual(Digest(one), Digest(Prove("other", "-p", "one")));
        foreach (string path in new[] { one, zip })
        {
            var accepted = Cli.Console.InProcess("check-proof", path, "--digest", Digest(one).ToUpperInvariant());
            Assert.Equal(0, accepted.Code);
            Assert.StartsWith($"digest: {Digest(one)}, as asked\n", accepted.Out, StringComparison.Ordinal);
        }

        Assert.Equal(0, Python(one, Digest(one)).Code);
        var (code, output) = BundleTests.Start("sh", "-c", $"cd '{folder}' && sha256sum -c one.digest && cd one && sha256sum -c --quiet SHA256SUMS");
        Assert.Equal((0, "one/SHA256SUMS: OK\n"), (code, output));
    }

    [Fact]
    public void AllTogetherHaveOneAndEachItsOwn()
    {
        string path = Prove("all");
        string[] lines = File.ReadAllLines(path + ".digest");
        Assert.Equal(["all/SHA256SUMS", "all/bound/SHA256SUMS", "all/one/SHA256SUMS"], lines.Select(l => l[66..]));
        Assert.Equal(0, Cli.Console.InProcess("check-proof", path, "--digest", lines[0][..64]).Code);
        Assert.Equal(0, Cli.Console.InProcess("check-proof", Path.Combine(path, "one"), "--digest", lines[2][..64]).Code);
        Refused(path, lines[2][..64], "it names one in this bundle alone: check that folder");
        File.AppendAllText(Path.Combine(path, "bound", "README.txt"), "\n");
        var rejected = Cli.Console.InProcess("check-proof", path);
        Assert.Equal((1, "NOT files: bound/README.txt was changed\nREJECTED\n"), (rejected.Code, rejected.Out));
    }

    /// <summary>What was changed, or added, where nothing else was made to fit.</summary>
    [Theory]
    [InlineData("model.json", "model.json was changed")]
    [InlineData("check.py", "check.py was changed")]
    [InlineData("README.txt", "README.txt was changed")]
    [InlineData("SHA256SUMS", "SHA256SUMS was changed; all other files are what the digest names", "the digest names another bundle")]
    [InlineData("more.txt", "more.txt is not listed")]
    [InlineData("Proof.vo", "Proof.vo is nothing that the digest names")]
    [InlineData("__pycache__/check.pyc", "__pycache__/check.pyc is nothing that the digest names")]
    [InlineData("specs/empty", "specs/empty is nothing that the digest names", null, "")]
    [InlineData("link", "link is nothing that the digest names", null, null)]
    public void WhatDiffersIsSaid(string file, string own, string? python = null, string? more = " ")
    {
        string path = Prove("bundle", "-p", "bound"), changed = Path.Combine(path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(changed)!);
        if (more is null) Directory.CreateSymbolicLink(changed, Path.Combine(path, "specs"));
        else File.AppendAllText(changed, more);
        Refused(path, Digest(path), own);
        var (code, output) = file == "check.py" ? (1, python ?? own) : Python(path, Digest(path));
        Assert.Equal(1, code);
        Assert.Contains(python ?? own, output, StringComparison.Ordinal);
    }

    [Fact]
    public void ABundleWithHashesMadeAnewIsAnother()
    {
        string path = Prove("bundle", "-p", "bound"), digest = Digest(path);
        File.AppendAllText(Path.Combine(path, "README.txt"), "more\n");
        File.WriteAllBytes(Path.Combine(path, "SHA256SUMS"), Bundle.Load(path).HashesOfFiles());
        Assert.Equal(0, Cli.Console.InProcess("check-proof", path).Code);
        string own = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(path, "SHA256SUMS"))));
        Refused(path, digest, $"it names another bundle; that of this one is {own}");
        var (code, output) = Python(path, digest);
        Assert.Equal(1, code);
        Assert.Contains($"the digest names another bundle; that of this one is {own}", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdef")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdefa")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg")]
    public void APartOfADigestIsNone(string digest)
    {
        string path = Prove("bundle", "-p", "bound");
        var printed = Cli.Console.InProcess("check-proof", path, "--digest", digest);
        Assert.Equal(3, printed.Code);
        Assert.Contains("a digest is 64 hexadecimal digits, all of them", printed.Error, StringComparison.Ordinal);
        var (code, output) = Python(path, digest);
        Assert.Equal(1, code);
        Assert.Contains("a digest is 64 hexadecimal digits, all of them", output, StringComparison.Ordinal);
    }

    [Fact]
    public void JsonCarriesIt()
    {
        string path = Path.Combine(folder, "all");
        var printed = Cli.Console.InProcess("prove", "specs/first/first.irk", "-o", path, "--json");
        using var answer = JsonDocument.Parse(printed.Out);
        Assert.Empty(Schema.Load(Repository.Folder("docs", "prove.schema.json")).Complaints(answer.RootElement));
        Assert.Equal(Digest(path), answer.RootElement.GetProperty("digest").GetString());
        var proofs = answer.RootElement.GetProperty("proofs").EnumerateArray().ToList();
        foreach (var proof in proofs.Where(p => p.GetProperty("answer").ValueKind == JsonValueKind.String))
        {
            string name = proof.GetProperty("name").GetString()!;
            Assert.Contains($"{proof.GetProperty("digest").GetString()}  all/{name}/SHA256SUMS", File.ReadAllLines(path + ".digest"));
            Assert.Equal(Hash(Path.Combine(path, name, "model.json")), proof.GetProperty("certificate").GetProperty("model_sha256").GetString());
            Assert.Equal(Hash(Path.Combine(path, name, "cert.json")), proof.GetProperty("certificate").GetProperty("certificate_sha256").GetString());
        }

        Assert.Contains(proofs, p => p.GetProperty("digest").ValueKind == JsonValueKind.Null && p.GetProperty("reason").ValueKind == JsonValueKind.String);
    }

    private static string Hash(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));

    private static (int Code, string Output) Python(string path, string digest) => BundleTests.Start("python3", Path.Combine(path, "check.py"), "--digest", digest, path);

    private static void Refused(string path, string digest, string why)
    {
        var printed = Cli.Console.InProcess("check-proof", path, "--digest", digest);
        Assert.Equal(1, printed.Code);
        Assert.StartsWith($"NOT digest: {why}", printed.Out, StringComparison.Ordinal);
        Assert.EndsWith("REJECTED\n", printed.Out, StringComparison.Ordinal);
    }
}
