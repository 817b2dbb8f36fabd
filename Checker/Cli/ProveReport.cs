using System.Text.Json;
using Irekae.Checker.Proofs;

namespace Irekae.Checker.Cli;

/// <summary><c>irekae prove --json</c>: docs/json.md.</summary>
internal static class ProveReport
{
    public static void WriteJson(TextWriter output, SpecFile file, Bundle bundle, string path, IReadOnlyList<ProveCommand.Proved> all) => output.WriteLine(Json.Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("tool", "irekae");
        writer.WriteString("version", Cli.Version);
        writer.WriteString("file", file.Path);
        writer.WriteString("bundle", bundle.Files.Count > 0 ? path : null);
        writer.WriteString("digest", bundle.Digest);
        writer.WriteStartArray("proofs");
        foreach (var one in all)
        {
            writer.WriteStartObject();
            writer.WriteString("name", one.Answer.Name);
            writer.WriteString("question", one.Answer.Question);
            writer.WriteString("answer", one.Bundle is null ? null : BundleWriter.Answer(one.Answer));
            writer.WriteString("reason", one.Without);
            writer.WriteString("digest", one.Bundle?.Digest);
            JsonProperty.WriteCertificate(writer, one.Answer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }));
}
