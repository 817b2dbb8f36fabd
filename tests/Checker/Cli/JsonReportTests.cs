using System.Text.Json;
using Irekae.Checker.Cli;

namespace Irekae.Tests.Checker.Cli;

public class JsonReportTests
{
    internal static void Conforms(string json)
    {
        using var document = JsonDocument.Parse(json);
        Assert.Empty(Schema.Load(Repository.Folder("docs", "verify.schema.json")).Complaints(document.RootElement));
    }

    [Fact]
    public void Every_kind_of_answer_conforms_to_the_schema()
    {
        var output = new StringWriter();
        JsonReport.Write(output, [Answers.File]);
        Conforms(output.ToString());
        Golden.Check("answers.json", output.ToString().ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("verify.schema.json")]
    [InlineData("simulate.schema.json")]
    [InlineData("validate.schema.json")]
    [InlineData("prove.schema.json")]
    [InlineData("audit.schema.json")]
    public void Every_field_of_the_schema_is_documented(string name)
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.Folder("docs", name)));
        string text = File.ReadAllText(Repository.Folder("docs", "json.md"));
        foreach (var definition in schema.RootElement.GetProperty("$defs").EnumerateObject())
        {
            if (!definition.Value.TryGetProperty("properties", out var properties)) continue;
            foreach (var property in properties.EnumerateObject())
                Assert.True(text.Contains($"`{property.Name}`") || text.Contains($"\"{property.Name}\""), $"docs/json.md says nothing of {property.Name}");
        }
    }
}
