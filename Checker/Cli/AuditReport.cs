using System.Text.Json;
using Irekae.Checker.Audit;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Cli;

/// <summary>The answer of <c>audit</c> as text and as JSON.</summary>
internal static class AuditReport
{
    public static void Write(Terminal terminal, AuditResult result)
    {
        terminal.Out.WriteLine($"{result.File.Path}: {result.File.Title}");
        terminal.Out.WriteLine();
        int width = result.Claims.Max(c => c.Claim.Id.Length), rulings = Enum.GetValues<Ruling>().Max(r => AuditWords.Of(r, false).Length);
        foreach (var one in result.Claims)
        {
            string word = AuditWords.Of(one.Ruling, false);
            terminal.Out.WriteLine(terminal.Signs($"  {one.Claim.Id.PadRight(width)}  {Painted(terminal, one.Ruling, word)}{new string(' ', rulings - word.Length)}  {one.Claim.Says}"));
            string lead = new(' ', width + rulings + 6);
            if (one.Claim.Undecidable is { } why) terminal.Out.WriteLine(terminal.Signs($"{lead}- {why.English}"));
            for (int k = 0; k < one.Answers.Length; k++)
            {
                int place = k - one.Claim.Questions.Length;
                terminal.Out.WriteLine(terminal.Signs($"{lead}- {(place < 0 ? "" : one.Claim.Cases[place].When.English + ": ")}{AuditWords.Of(one.Answers[k], false)}"));
                if (one.Answers[k].Command.Length > 0) terminal.Out.WriteLine(terminal.Signs($"{lead}  {one.Answers[k].Command}"));
            }
        }
        terminal.Out.WriteLine();
        var counts = Enum.GetValues<Ruling>().Select(ruling => (ruling, result.Claims.Count(c => c.Ruling == ruling))).Where(c => c.Item2 > 0);
        terminal.Out.WriteLine($"{result.Claims.Length} claims: {string.Join(", ", counts.Select(c => $"{c.Item2} {AuditWords.Of(c.ruling, false)}"))}");
        terminal.Out.WriteLine($"{result.Properties} properties verified, {result.Certified} certified; {result.Replayed} runs replayed by the generated simulator");
    }

    public static void WriteJson(TextWriter output, AuditResult result) => output.WriteLine(Json.Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("irekae", Cli.Version);
        writer.WriteString("file", result.File.Path);
        writer.WriteString("title", result.File.Title);
        writer.WriteNumber("properties", result.Properties);
        writer.WriteNumber("certified", result.Certified);
        writer.WriteNumber("replayed", result.Replayed);
        writer.WriteStartArray("claims");
        foreach (var one in result.Claims)
        {
            writer.WriteStartObject();
            writer.WriteString("id", one.Claim.Id);
            writer.WriteString("section", one.Claim.Section);
            writer.WriteString("says", one.Claim.Says);
            writer.WriteString("ruling", AuditWords.Of(one.Ruling, false));
            if (one.Claim.Undecidable is { } why) writer.WriteString("because", why.English);
            writer.WriteStartArray("answers");
            for (int k = 0; k < one.Answers.Length; k++) WriteAnswer(writer, one, k);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }));

    private static void WriteAnswer(Utf8JsonWriter writer, Audited one, int k)
    {
        var answer = one.Answers[k];
        writer.WriteStartObject();
        int place = k - one.Claim.Questions.Length;
        if (place >= 0) writer.WriteString("when", one.Claim.Cases[place].When.English);
        writer.WriteString("outcome", answer.Outcome switch { Outcome.Holds => "holds", Outcome.Fails => "fails", Outcome.Given => "given", Outcome.NotKnown => "not known" });
        writer.WriteString("text", AuditWords.Of(answer, false));
        if (answer.Command.Length > 0) writer.WriteString("command", answer.Command);
        switch (answer)
        {
            case Answer.OfProperty { Result.Value.Proved: { } value }:
                writer.WriteString("value_ns", value.ToString());
                break;
            case Answer.OfSum sum:
                Range(sum.Low, sum.High);
                break;
            case Answer.OfCell cell:
                writer.WriteString("printed_ns", cell.Printed.ToString());
                Range(cell.Least, cell.Most);
                break;
            case Answer.OfFit { Conflict.IsEmpty: false } fit:
                writer.WriteStartArray("conflict");
                foreach (string member in fit.Conflict) writer.WriteStringValue(member);
                writer.WriteEndArray();
                break;
        }
        writer.WriteEndObject();

        void Range(Rational? low, Rational? high)
        {
            if (low is not null) writer.WriteString("low_ns", low.Value.ToString());
            if (high is not null) writer.WriteString("high_ns", high.Value.ToString());
        }
    }

    private static string Painted(Terminal terminal, Ruling ruling, string word) => ruling switch
    {
        Ruling.Reproduced or Ruling.Follows => terminal.Green(word),
        Ruling.Contradicted => terminal.Red(word),
        Ruling.Given or Ruling.Undecidable => word,
        _ => terminal.Yellow(word),
    };
}
