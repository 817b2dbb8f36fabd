namespace Irekae.Checker.Conformance.Traces;

/// <summary>Names and threads of a trace, each made once: a line of a long trace costs no text. Of names that never repeat only so many are kept.</summary>
internal sealed class Names
{
    private const int Most = 1 << 16;

    private readonly Dictionary<string, string> texts = [];
    private readonly Dictionary<(string Name, long Id), TraceThread> threads = [];

    public string Of(ReadOnlySpan<char> text)
    {
        if (text.SequenceEqual(TraceRecord.Switch)) return TraceRecord.Switch;
        var lookup = texts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text, out string? known)) return known;
        string made = text.ToString();
        if (texts.Count < Most) texts.Add(made, made);
        return made;
    }

    public TraceThread Thread(ReadOnlySpan<char> name, long id)
    {
        string text = Of(name);
        if (threads.TryGetValue((text, id), out var known)) return known;
        var made = new TraceThread(text, id);
        if (threads.Count < Most) threads.Add((text, id), made);
        return made;
    }
}
