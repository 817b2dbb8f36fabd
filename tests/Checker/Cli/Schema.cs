using System.Text.Json;
using System.Text.RegularExpressions;

namespace Irekae.Tests.Checker.Cli;

/// <summary>The part of JSON Schema that docs/verify.schema.json uses.</summary>
internal sealed class Schema(JsonElement root)
{
    public static Schema Load(string path) => new(JsonDocument.Parse(File.ReadAllText(path)).RootElement);

    /// <summary>Everything that does not conform, as path and reason.</summary>
    public List<string> Complaints(JsonElement value)
    {
        var complaints = new List<string>();
        Check(value, root, "$", complaints);
        return complaints;
    }

    private void Check(JsonElement value, JsonElement schema, string path, List<string> complaints)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            Check(value, root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]), path, complaints);
            return;
        }
        if (schema.TryGetProperty("const", out var constant) && constant.ToString() != value.ToString()) complaints.Add($"{path}: not {constant}");
        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(one => one.ToString() == value.ToString())) complaints.Add($"{path}: {value} is not allowed");
        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(name => Is(value, name))) complaints.Add($"{path}: {value.ValueKind} is not {type}");
        if (value.ValueKind == JsonValueKind.String && schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(value.GetString()!, pattern.GetString()!))
            complaints.Add($"{path}: {value} does not match {pattern}");
        if (value.ValueKind == JsonValueKind.Object) CheckObject(value, schema, path, complaints);
        if (value.ValueKind != JsonValueKind.Array || !schema.TryGetProperty("items", out var items)) return;
        int i = 0;
        foreach (var item in value.EnumerateArray()) Check(item, items, $"{path}[{i++}]", complaints);
    }

    private void CheckObject(JsonElement value, JsonElement schema, string path, List<string> complaints)
    {
        if (schema.TryGetProperty("required", out var required))
            complaints.AddRange(required.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{path}: {name} is missing"));
        if (!schema.TryGetProperty("properties", out var properties)) return;
        foreach (var member in value.EnumerateObject())
        {
            if (properties.TryGetProperty(member.Name, out var inner)) Check(member.Value, inner, $"{path}.{member.Name}", complaints);
            else complaints.Add($"{path}: {member.Name} is not documented");
        }
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()!) : [type.GetString()!];

    private static bool Is(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        _ => throw new InvalidOperationException(type),
    };
}
