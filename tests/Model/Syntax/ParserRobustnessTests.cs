using System.Diagnostics;
using System.Text;
using Irekae.Model.Diagnostics;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Tests.Model.Syntax;

/// <summary>No text crashes, hangs or floods the reader. Each test has a fixed seed, which the message of a failure repeats with the text.</summary>
public class ParserRobustnessTests
{
    public static TheoryData<string, string> Deep => new()
    {
        { "(", ")" },
        { "{", "}" },
        { "-", "" },
        { "!", "" },
        { "1 + ", "" },
        { "a < ", "" },
        { "if (x) { } else ", "" },
        { "if (x) {", "}" },
        { "if x ", "" },
        { "if (x) ", "" },
        { "loop ", "" },
        { "loop {", "}" },
        { "choose {} or ", "" },
        { "receive { on a {", "} }" },
        { "server s { on a ", "" },
        { "server s {", "}" },
        { "machine { scheduler priority {", "} }" },
        { "variant v {", "}" },
        { "variant v { machine ", "" },
        { "call a else ", "" },
        { "a.", "" },
        { "x = alive(", ")" },
        { "foo(", ")" },
        { "property p: ", "" },
        { "const n = ", "" },
        { "from a(", ")" },
        { "token t { a, ", "" },
        { "/*", "" },
        { "\"", "" },
        { "§", "" },
        { "1", "" },
        { "1_", "" },
        { "n", "" },
        { "; ", "" },
        { "}", "" },
        { "\0", "" },
    };

    [Theory]
    [MemberData(nameof(Deep))]
    public void Deep_and_long_texts_are_read_quickly(string open, string close)
    {
        foreach (string before in new[] { "", "process p { x = ", "server s { on a { " })
        {
            var text = new StringBuilder("system s; ").Append(before);
            for (int i = 0; i < 100_000 && text.Length < Limits.FileSize / 2; i++) text.Append(open);
            if (close.Length > 0)
                for (int i = 0; i < 100_000 && text.Length < Limits.FileSize - 8; i++) text.Append(close);
            Read(text.ToString(), TimeSpan.FromSeconds(20));
        }
    }

    [Fact]
    public void A_long_line_is_shown_in_part()
    {
        string text = $"system s; {new string(' ', Limits.FileSize / 2)}process p {{ ; }} {new string(' ', (Limits.FileSize / 2) - 40)}";
        var found = Read(text, TimeSpan.FromSeconds(20));
        Assert.True(DiagnosticRenderer.Render(found).Length < 1000);
    }

    [Fact]
    public void Random_characters()
    {
        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            char[] text = new char[random.Next(200)];
            for (int j = 0; j < text.Length; j++) text[j] = (char)(random.Next(4) == 0 ? random.Next(0x10000) : random.Next(0x80));
            Read(new string(text));
        }
    }

    [Fact]
    public void Random_bytes()
    {
        var random = new Random(2);
        string path = Path.GetTempFileName();
        try
        {
            for (int i = 0; i < 300; i++)
            {
                byte[] bytes = new byte[random.Next(200)];
                random.NextBytes(bytes);
                File.WriteAllBytes(path, bytes);
                DiagnosticRenderer.Render(SyntaxLoader.Load(path).Diagnostics);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Random_tokens()
    {
        string[] pieces =
        [
            .. Words.Reserved, .. Words.Items, .. Words.Statements, .. Words.Members, .. Words.Attributes, .. Words.MachineRules,
            .. Words.SchedulerRules, .. Words.Questions, .. Words.Queries, "x", "y", "3", "4 us", "1.5 ms", "\"t\"", "{", "}", "{", "}", "(", ")", ";", ";", ":",
            ",", ".", "..", "=", "==", "<=", "+", "-", "*", "/", "!", "&&", "||", "any", "time", "to", "or", "inbox", "moving", "none", "from", "under", "in", "is",
        ];
        var random = new Random(3);
        for (int i = 0; i < 5000; i++)
        {
            var text = new StringBuilder();
            int length = random.Next(120);
            for (int j = 0; j < length; j++) text.Append(pieces[random.Next(pieces.Length)]).Append(random.Next(8) == 0 ? '\n' : ' ');
            var bag = new DiagnosticBag();
            var file = Parser.Parse(new SourceText("t.irk", text.ToString()), bag);
            if (!bag.HasErrors) SyntaxPrinterTests.AssertRoundTrip(file);
            DiagnosticRenderer.Render(bag.ToImmutable());
        }
    }

    [Fact]
    public void Mutations_of_every_spec()
    {
        var random = new Random(4);
        var specs = Repository.Specs().Select(File.ReadAllText).Append(SyntaxPrinterTests.Everything).ToList();
        int rounds = Math.Max(20, 4000 / specs.Count);
        foreach (string spec in specs.Where(spec => spec.Length > 0))
        {
            for (int i = 0; i < rounds; i++)
            {
                string text = spec;
                for (int changes = random.Next(1, 4); changes > 0 && text.Length > 0; changes--) text = Mutate(text, random);
                Read(text);
            }
        }
    }

    private static string Mutate(string text, Random random)
    {
        int at = random.Next(text.Length);
        int length = Math.Min(random.Next(1, 30), text.Length - at);
        string[] lines = text.Split('\n');
        int line = random.Next(lines.Length);
        int other = random.Next(lines.Length);
        switch (random.Next(8))
        {
            case 0:
                return text.Remove(at, 1);
            case 1:
                return text.Remove(at, length);
            case 2:
                return text.Insert(at, text.Substring(at, length));
            case 3:
                return text.Insert(at, "{}();.,=-!/*\"\n09 au"[random.Next(19)].ToString());
            case 4:
                return text.Remove(at, 1).Insert(at, ((char)random.Next(0x250)).ToString());
            case 5:
                return string.Join('\n', lines.Where((_, index) => index != line));
            case 6:
                return string.Join('\n', lines.Take(line).Append(lines[other]).Concat(lines.Skip(line)));
            default:
                (lines[line], lines[other]) = (lines[other], lines[line]);
                return string.Join('\n', lines);
        }
    }

    /// <summary>Reads and renders; every span lies in the text, and no place has two errors of one code.</summary>
    private static IReadOnlyList<Diagnostic> Read(string text, TimeSpan? within = null)
    {
        var watch = Stopwatch.StartNew();
        var bag = new DiagnosticBag();
        var file = Parser.Parse(new SourceText("t.irk", text), bag);
        var found = bag.ToImmutable();
        SyntaxPrinter.Print(file);
        DiagnosticRenderer.Render(found);
        Assert.True(found.Length <= Limits.Diagnostics + 1);
        Assert.All(found, diagnostic => Assert.True(diagnostic.Span.Start >= 0 && diagnostic.Span.Length >= 0 && diagnostic.Span.End <= text.Length, text));
        Assert.Equal(found.Length, found.DistinctBy(diagnostic => (diagnostic.Code, diagnostic.Span.Start)).Count());
        if (within is { } limit) Assert.True(watch.Elapsed < limit, $"{watch.Elapsed} for {text[..Math.Min(60, text.Length)]}");
        return found;
    }
}
