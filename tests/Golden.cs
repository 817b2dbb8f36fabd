using System.Security.Cryptography;
using System.Text;

namespace Irekae.Tests;

/// <summary>Files that hold what is expected. UPDATE_GOLDEN=1 writes what is seen now.</summary>
internal static class Golden
{
    public static bool Update => Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    /// <summary>Computed parts of a document, each between <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- /name --&gt;</c>, are what comes out now.</summary>
    public static void Parts(string document, params (string Name, string Text)[] parts)
    {
        string path = Repository.Folder("docs", document);
        string page = File.ReadAllText(path), expected = page;
        foreach (var (name, text) in parts)
        {
            int start = expected.IndexOf($"<!-- {name} -->\n", StringComparison.Ordinal), end = expected.IndexOf($"<!-- /{name} -->", StringComparison.Ordinal);
            Assert.True(start >= 0 && end > start, $"{document} has no part {name}");
            expected = expected[..start] + $"<!-- {name} -->\n" + text + expected[end..];
        }

        if (Update) File.WriteAllText(path, page = expected);
        Assert.Equal(expected, page);
    }

    public static void Check(string name, string seen) => CheckFile(PathOf(name), seen);

    public static void CheckFile(string path, string seen)
    {
        if (Update) File.WriteAllText(path, seen);
        Assert.Equal(File.ReadAllText(path), seen);
    }

    /// <summary>A line for each of many things. The first that differs says enough: a change seldom concerns one alone.</summary>
    public static void CheckLines<T>(string name, IEnumerable<T> all, Func<T, string> line)
    {
        string path = PathOf(name);
        if (Update) File.WriteAllLines(path, all.Select(line));
        string[] expected = File.ReadAllLines(path);
        int k = 0;
        foreach (var one in all) Assert.Equal(k < expected.Length ? expected[k++] : "no more lines", line(one));
        Assert.Equal(expected.Length, k);
    }

    /// <summary>Of a long text, enough to tell it from others.</summary>
    public static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    private static string PathOf(string name) => Repository.Folder("tests", "golden", name);
}
