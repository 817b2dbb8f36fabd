using System.Text.Json;

namespace Irekae.Checker.Conformance.Traces;

/// <summary>The items of one long array in a JSON file, one by one: memory holds one of them.</summary>
internal static class JsonItems
{
    private const int First = 1 << 16;

    /// <param name="property">The array is the whole file, or this property of the object that is.</param>
    /// <param name="wrong">Makes what is thrown: number of the item, and what is wrong.</param>
    public static IEnumerable<(long Number, JsonDocument Item)> Read(Stream stream, string property, Func<long, string, Exception> wrong)
    {
        var reading = new Reading(stream, property, wrong);
        while (reading.Next() is { } item) yield return (reading.Number, item);
    }

    private sealed class Reading(Stream stream, string property, Func<long, string, Exception> wrong)
    {
        private byte[] buffer = new byte[First];
        private int from, to;
        private bool ended, inside;
        private JsonReaderState state = new(new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });

        public long Number { get; private set; }

        public JsonDocument? Next()
        {
            try
            {
                while (true)
                {
                    var (done, item) = Step();
                    if (item is not null || done) return item;
                    Fill();
                }
            }
            catch (JsonException e)
            {
                throw wrong(Number + 1, $"this is not JSON, or the file is cut off here: {e.Message}");
            }
        }

        /// <summary>As far as the bytes that are there go. (true, null): the array has ended.</summary>
        private (bool Done, JsonDocument? Item) Step()
        {
            var reader = new Utf8JsonReader(buffer.AsSpan(from, to - from), ended, state);
            while (true)
            {
                var (before, at) = (reader.CurrentState, reader.BytesConsumed);
                if (!reader.Read())
                {
                    Keep(reader.BytesConsumed, reader.CurrentState);
                    if (!ended) return (false, null);
                    throw wrong(Number + 1, inside ? "the file is cut off here" : $"there is no array of events, nor an object with one in '{property}'");
                }

                if (!inside)
                {
                    if (reader.TokenType == JsonTokenType.StartArray && reader.CurrentDepth == 0) inside = true;
                    else if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                    {
                        bool wanted = reader.ValueTextEquals(property);
                        if (!wanted || !reader.Read())
                        {
                            if (!wanted && reader.TrySkip()) continue;
                            Keep(at, before);
                            if (ended) throw wrong(1, "the file is cut off here");
                            return (false, null);
                        }

                        if (reader.TokenType != JsonTokenType.StartArray) throw wrong(1, $"'{property}' has to be an array");
                        inside = true;
                    }
                    else if (reader.TokenType == JsonTokenType.EndObject) throw wrong(1, $"there is no '{property}'");
                    continue;
                }

                if (reader.TokenType == JsonTokenType.EndArray) return (true, null);
                long start = reader.TokenStartIndex;
                if (!reader.TrySkip())
                {
                    Keep(at, before);
                    if (ended) throw wrong(Number + 1, "the file is cut off here");
                    return (false, null);
                }

                // The document must not see the buffer change.
                var own = JsonDocument.Parse(buffer.AsSpan(from + (int)start, (int)(reader.BytesConsumed - start)).ToArray());
                Number++;
                Keep(reader.BytesConsumed, reader.CurrentState);
                return (false, own);
            }
        }

        private void Keep(long consumed, JsonReaderState then)
        {
            from += (int)consumed;
            state = then;
        }

        private void Fill()
        {
            if (ended) throw wrong(Number + 1, "the file is cut off here");
            buffer.AsSpan(from, to - from).CopyTo(buffer);
            (from, to) = (0, to - from);
            if (to == buffer.Length) Array.Resize(ref buffer, 2 * buffer.Length);
            int got = stream.Read(buffer, to, buffer.Length - to);
            to += got;
            ended = got == 0;
        }
    }
}
