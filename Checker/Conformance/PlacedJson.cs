using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Irekae.Checker.Conformance;

/// <summary>JSON that knows where each of its values stands, so that what is wrong with one can be said with its line and column.</summary>
internal sealed record PlacedJson(JsonTokenType Kind, string Text, int Line, int Column, ImmutableArray<(string Name, PlacedJson NamePlace, PlacedJson Value)> Properties, ImmutableArray<PlacedJson> Items)
{
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static PlacedJson Parse(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        reader.Read();
        var root = Value(ref reader, bytes);
        while (reader.Read()) { } // what follows the value is an error
        return root;
    }

    private static PlacedJson Value(ref Utf8JsonReader reader, byte[] bytes)
    {
        var place = At(reader, bytes);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var properties = ImmutableArray.CreateBuilder<(string, PlacedJson, PlacedJson)>();
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = At(reader, bytes) with { Text = reader.GetString()! };
                    reader.Read();
                    properties.Add((name.Text, name, Value(ref reader, bytes)));
                }

                return place with { Properties = properties.ToImmutable() };
            case JsonTokenType.StartArray:
                var items = ImmutableArray.CreateBuilder<PlacedJson>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(Value(ref reader, bytes));
                return place with { Items = items.ToImmutable() };
            case JsonTokenType.String:
                return place with { Text = reader.GetString()! };
            default:
                return place with { Text = Encoding.UTF8.GetString(reader.ValueSpan) };
        }
    }

    private static PlacedJson At(in Utf8JsonReader reader, byte[] bytes)
    {
        var before = bytes.AsSpan(0, (int)reader.TokenStartIndex);
        int line = before.LastIndexOf((byte)'\n') + 1;
        return new PlacedJson(reader.TokenType, "", before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[line..]) + 1, [], []);
    }
}
