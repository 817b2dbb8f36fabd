using System.Collections.Immutable;
using System.Text.Json;

namespace Irekae.Checker.Audit;

/// <summary>
/// Reads claims from JSON: an object with <c>title</c>, <c>data</c> (measured data, beside the file) and <c>claims</c>. Every mistake is reported, with the
/// claim it is in; a member that means nothing is one.
/// </summary>
internal sealed class ClaimsReader(string path)
{
    private static readonly string[] ClaimMembers = ["id", "section", "says", "quote", "questions", "cases", "undecidable"];

    private readonly List<string> mistakes = [];
    private string place = "";

    private string Folder => Path.GetDirectoryName(path) ?? "";

    public static ClaimsFile Read(string path) => new ClaimsReader(path).Read();

    private ClaimsFile Read()
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return Broken("not an object");
            Known(root, ["title", "data", "claims"]);
            var claims = List(root, "claims").Select(Claim).ToImmutableArray();
            place = "";
            foreach (string twice in claims.GroupBy(c => c.Id).Where(same => same.Count() > 1).Select(same => same.Key)) Complain($"two claims are called '{twice}'");
            return new ClaimsFile(path, Text(root, "title"), [.. List(root, "data").Select(d => Beside(Own(d)))], claims, [.. mistakes]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return Broken(e.Message);
        }
    }

    private ClaimsFile Broken(string why) => new(path, "", [], [], [$"{path}: not a file of claims: {why}"]);

    private Claim Claim(JsonElement claim)
    {
        place = claim.ValueKind == JsonValueKind.Object && claim.TryGetProperty("id", out var id) ? Own(id) : "a claim without an id";
        if (!Known(claim, ClaimMembers)) return new Claim(place, "", "", null, [], [], null);
        var questions = List(claim, "questions").Select(Question).OfType<Question>().ToImmutableArray();
        var cases = List(claim, "cases").Select(OneCase).OfType<Case>().ToImmutableArray();
        var undecidable = claim.TryGetProperty("undecidable", out var why) ? Translated(why) : null;
        if (undecidable is not null && questions.Length + cases.Length > 0) Complain("it is called undecidable and has questions");
        return new Claim(Text(claim, "id"), Text(claim, "section"), Text(claim, "says"), Optional(claim, "quote"), questions, cases, undecidable);
    }

    private Case? OneCase(JsonElement one)
    {
        if (one.ValueKind != JsonValueKind.Object || !one.TryGetProperty("when", out var when) || !one.TryGetProperty("question", out var question))
        {
            Complain("a case has 'when' and 'question'");
            return null;
        }
        return Question(question) is { } asked ? new Case(Translated(when), asked) : null;
    }

    private Question? Question(JsonElement question)
    {
        string Get(string name) => Text(question, name);
        if (question.ValueKind != JsonValueKind.Object) Complain("a question is an object");
        else if (question.TryGetProperty("verify", out _))
        {
            if (Known(question, ["verify", "property"])) return new Question.Verify(Beside(Get("verify")), Get("property"));
        }
        else if (question.TryGetProperty("calibrate", out _))
        {
            bool fits = !question.TryGetProperty("fits", out var said) || said.ValueKind != JsonValueKind.False;
            if (Known(question, ["calibrate", "variant", "use", "fits"])) return new Question.Calibrate(Beside(Get("calibrate")), Optional(question, "variant"), Get("use"), fits);
        }
        else if (question.TryGetProperty("compute", out _))
        {
            if (Known(question, ["compute", "is"])) return new Question.Compute(Get("compute"), Get("is"));
        }
        else if (question.TryGetProperty("from", out _))
        {
            if (Known(question, ["from", "to", "is_from", "is_to"])) return new Question.Range(Get("from"), Get("to"), Get("is_from"), Get("is_to"));
        }
        else if (question.TryGetProperty("cell", out _))
        {
            if (Known(question, ["cell", "is", "model", "least", "most"])) return new Question.Measured(Get("cell"), Get("is"), Beside(Get("model")), Optional(question, "least"), Optional(question, "most"));
        }
        else if (question.TryGetProperty("written", out _))
        {
            if (Known(question, ["written", "in"])) return new Question.Written(Beside(Get("in")), Get("written"));
        }
        else Complain("a question has one of 'verify', 'calibrate', 'compute', 'from', 'cell', 'written'");
        return null;
    }

    private Translated Translated(JsonElement both)
    {
        if (both.ValueKind == JsonValueKind.Object && Known(both, ["en", "ja"])) return new Translated(Text(both, "en"), Text(both, "ja"));
        Complain("a sentence is an object with 'en' and 'ja'");
        return new Translated("", "");
    }

    private IEnumerable<JsonElement> List(JsonElement of, string name)
    {
        if (!of.TryGetProperty(name, out var list)) return [];
        if (list.ValueKind == JsonValueKind.Array) return list.EnumerateArray();
        Complain($"'{name}' is a list");
        return [];
    }

    private string Text(JsonElement of, string name)
    {
        if (of.TryGetProperty(name, out var text)) return Own(text);
        Complain($"'{name}' is missing");
        return "";
    }

    private string? Optional(JsonElement of, string name) => of.TryGetProperty(name, out var text) ? Own(text) : null;

    private string Own(JsonElement text)
    {
        if (text.ValueKind == JsonValueKind.String) return text.GetString()!;
        Complain("a text is needed");
        return "";
    }

    private bool Known(JsonElement of, string[] names)
    {
        if (of.ValueKind != JsonValueKind.Object)
        {
            Complain("an object is needed");
            return false;
        }
        foreach (var member in of.EnumerateObject().Where(m => !names.Contains(m.Name))) Complain($"'{member.Name}' means nothing here; there are: {string.Join(", ", names)}");
        return true;
    }

    /// <summary>Files are named from the file of claims, and shown from where the program runs.</summary>
    private string Beside(string name)
    {
        if (name.Length == 0) return name;
        return Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(Path.GetFullPath(Folder), name)).Replace('\\', '/');
    }

    private void Complain(string what) => mistakes.Add(place.Length == 0 ? $"{path}: {what}" : $"{path}: {place}: {what}");
}
