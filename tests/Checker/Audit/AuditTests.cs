using System.Text.Json;
using Irekae.Checker.Audit;
using Irekae.Tests.Checker.Cli;
using Console = Irekae.Tests.Checker.Cli.Console;

namespace Irekae.Tests.Checker.Audit;

/// <summary>Claims of a paper that nobody wrote: one for each ruling, and files of claims with mistakes.</summary>
public sealed class AuditTests : IDisposable
{
    private const string Spec = """
        system s;
        parameter p in 1 us .. 5 us;
        duration known = 2 us .. 3 us from paper("Table", o.given.c);
        process q at 1 { measure m { run known; run p; } }   // a comment inside  of what is written
        variant long { parameter p = 5 us; }
        measured o.m.c as m;
        property most: max m;
        property least: min m;
        property short: max m <= 7 us;
        property long_most: most in long;
        """;

    private const string Data = "os,measure,condition,statistic,value_us,samples\no,m,c,max,8,2\no,m,c,min,3,2\no,m,beyond,max,9,1\no,given,c,max,3,1\n";

    private readonly string folder = Directory.CreateTempSubdirectory("irekae-audit").FullName;

    public AuditTests()
    {
        File.WriteAllText(Path.Combine(folder, "s.irk"), Spec);
        File.WriteAllText(Path.Combine(folder, "d.csv"), Data);
    }

    public void Dispose() => Directory.Delete(folder, true);

    private string Write(string claims, string data = "\"d.csv\"")
    {
        string path = Path.Combine(folder, "claims.json");
        File.WriteAllText(path, $$"""{ "title": "a paper", "data": [{{data}}], "claims": [{{claims}}] }""");
        return path;
    }

    private static string Claim(string id, string rest) => $$"""{ "id": "{{id}}", "section": "1", "says": "it says" {{(rest.Length == 0 ? "" : ", ")}}{{rest}} }""";

    public static TheoryData<string, string> Rulings => new()
    {
        { """ "questions": [{ "verify": "s.irk", "property": "most" }] """, "follows" },
        { """ "questions": [{ "verify": "s.irk", "property": "short" }] """, "contradicted" },
        { """ "questions": [{ "calibrate": "s.irk", "use": "o.m.c.max" }] """, "follows" },
        { """ "questions": [{ "calibrate": "s.irk", "variant": "long", "use": "o.m.c.min" }] """, "contradicted" },
        { """ "questions": [{ "calibrate": "s.irk", "variant": "long", "use": "o.m.c.min", "fits": false }] """, "follows" },
        { """ "questions": [{ "calibrate": "s.irk", "use": "o.m.c.max", "fits": false }] """, "contradicted" },
        { """ "questions": [{ "compute": "2 * o.m.c.max - 1 us", "is": "15 us" }] """, "reproduced" },
        { """ "questions": [{ "compute": "o.m.c.max - o.m.c.min", "is": "0.006 ms" }] """, "contradicted" },
        { """ "questions": [{ "from": "o.m.c.max - o.m.c.min", "to": "o.m.c.max - o.m.c.min", "is_from": "4 us", "is_to": "6 us" }] """, "reproduced" },
        { """ "questions": [{ "from": "o.m.c.max - o.m.c.min", "to": "o.m.c.max - o.m.c.min", "is_from": "5.00 us", "is_to": "6 us" }] """, "contradicted" },
        { """ "questions": [{ "cell": "o.m.c.max", "is": "0.008 ms", "model": "s.irk", "least": "least", "most": "most" }] """, "reproduced" },
        { """ "questions": [{ "cell": "o.m.c.max", "is": "0.009 ms", "model": "s.irk", "most": "most" }] """, "contradicted" },
        { """ "questions": [{ "cell": "o.m.beyond.max", "is": "9 us", "model": "s.irk", "most": "most" }] """, "contradicted" },
        { """ "questions": [{ "cell": "o.given.c.max", "is": "3 us", "model": "s.irk" }] """, "given" },
        { """ "questions": [{ "written": "measure m{run known; run p; } }", "in": "s.irk" }] """, "given" },
        { """ "questions": [{ "written": "run p; run known;", "in": "s.irk" }] """, "contradicted" },
        { """ "questions": [{ "written": "measure m", "in": "s.irk" }, { "verify": "s.irk", "property": "most" }] """, "follows" },
        { """ "cases": [{ "when": { "en": "short", "ja": "短" }, "question": { "verify": "s.irk", "property": "short" } }, { "when": { "en": "any", "ja": "任意" }, "question": { "verify": "s.irk", "property": "most" } }] """, "depends" },
        { """ "cases": [{ "when": { "en": "short", "ja": "短" }, "question": { "verify": "s.irk", "property": "short" } }] """, "contradicted" },
        { """ "undecidable": { "en": "nobody knows", "ja": "不明" } """, "not decidable" },
        { "", "not audited yet" },
    };

    [Theory]
    [MemberData(nameof(Rulings))]
    public void A_claim_has_the_ruling_that_its_answers_come_to(string rest, string ruling)
    {
        var printed = Console.InProcess("audit", Write(Claim("C1", rest)), "--json");
        Assert.Equal("", printed.Error);
        var answer = JsonDocument.Parse(printed.Out).RootElement;
        Assert.Empty(Schema.Load(Repository.Folder("docs", "audit.schema.json")).Complaints(answer));
        Assert.Equal(ruling, answer.GetProperty("claims")[0].GetProperty("ruling").GetString());
        Assert.Equal(ruling == "contradicted" ? 1 : 0, printed.Code);
    }

    [Theory]
    [InlineData("""{ "verify": "s.irk", "property": "shrt" }""", "C1: ", "has no property 'shrt'")]
    [InlineData("""{ "verify": "t.irk", "property": "short" }""", "C1: ", "t.irk has mistakes")]
    [InlineData("""{ "verify": "s.irk", "property": "short", "fits": true }""", "C1: ", "'fits' means nothing here")]
    [InlineData("""{ "calibrate": "s.irk", "use": "o.m.d.max" }""", "C1: ", "no observation is called 'o.m.d.max'")]
    [InlineData("""{ "calibrate": "s.irk", "variant": "v", "use": "o.m.c.max" }""", "C1: ", "has no variant 'v'")]
    [InlineData("""{ "compute": "o.m.c.max -", "is": "1 us" }""", "C1: ", "at 'its end'")]
    [InlineData("""{ "compute": "o.m.c.max o.m.c.min", "is": "1 us" }""", "C1: ", "+ or - is needed before 'o.m.c.min'")]
    [InlineData("""{ "compute": "2 * 3", "is": "1 us" }""", "C1: ", "is needed at '3'")]
    [InlineData("""{ "compute": "o.m.c.max", "is": "8" }""", "C1: ", "'8' is not a time")]
    [InlineData("""{ "cell": "o.m.d.max", "is": "8 us", "model": "s.irk" }""", "C1: ", "no data have 'o.m.d.max'")]
    [InlineData("""{ "ask": "me" }""", "C1: ", "a question has one of")]
    [InlineData("7", "C1: ", "a question is an object")]
    public void A_mistake_is_told_with_its_claim(string question, string place, string what)
    {
        var printed = Console.InProcess("audit", Write(Claim("C1", $$""" "questions": [{{question}}] """)));
        Assert.Equal(3, printed.Code);
        Assert.Contains(place, printed.Error);
        Assert.Contains(what, printed.Error);
        Assert.Equal("", printed.Out);
    }

    [Theory]
    [InlineData("", "not a file of claims")]
    [InlineData("[]", "not an object")]
    [InlineData("{ \"claims\": 7 }", "'claims' is a list")]
    [InlineData("{ \"claims\": [7] }", "a claim without an id")]
    [InlineData("{ \"title\": \"t\", \"data\": [\"no.csv\"], \"claims\": [] }", "cannot be read")]
    [InlineData("{ \"title\": \"t\", \"claims\": [{ \"id\": \"C1\", \"section\": \"\", \"says\": \"\", \"undecidable\": \"so\" }] }", "a sentence is an object with 'en' and 'ja'")]
    public void A_file_that_is_none_is_told(string text, string what)
    {
        string path = Path.Combine(folder, "broken.json");
        File.WriteAllText(path, text);
        var printed = Console.InProcess("audit", path);
        Assert.Equal(3, printed.Code);
        Assert.Contains(what, printed.Error);
    }

    [Fact]
    public void Two_claims_of_one_name_and_questions_of_the_undecidable_are_mistakes()
    {
        var printed = Console.InProcess("audit", Write(Claim("C1", "") + "," + Claim("C1", """ "undecidable": { "en": "a", "ja": "b" }, "questions": [{ "verify": "s.irk", "property": "most" }] """)));
        Assert.Contains("two claims are called 'C1'", printed.Error);
        Assert.Contains("C1: it is called undecidable and has questions", printed.Error);
    }

    [Fact]
    public void Text_says_each_claim_with_its_answers_and_commands()
    {
        var printed = Console.InProcess("audit", Write(Claim("C1", """ "questions": [{ "calibrate": "s.irk", "variant": "long", "use": "o.m.c.*" }] """) + "," + Claim("C2", "")));
        Assert.Contains("C1  contradicted", printed.Out);
        Assert.Contains("- no value fits: `o.m.c.min` alone", printed.Out);
        Assert.Contains("--variant long --data ", printed.Out);
        Assert.Contains("2 claims: 1 contradicted, 1 not audited yet", printed.Out);
    }
}
