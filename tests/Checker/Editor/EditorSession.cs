using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Irekae.Checker.Editor;
using Nerdbank.Streams;

namespace Irekae.Tests.Checker.Editor;

/// <summary>An editor that talks to the server byte by byte, as editors do.</summary>
internal sealed class EditorSession : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Stream stream;
    private int requests;

    public EditorSession()
    {
        var (mine, theirs) = FullDuplexStream.CreatePair();
        stream = mine;
        Ended = Task.Run(() => LanguageServer.RunAsync(new StandardInput(theirs), theirs, "0.0.0", CancellationToken.None));
    }

    /// <summary>Whether it was told to shut down.</summary>
    public Task<bool> Ended { get; }

    /// <summary>Everything the server said unasked, in its order.</summary>
    public List<JsonNode> Unasked { get; } = [];

    public void Dispose() => stream.Dispose();

    public static EditorSession Initialized(bool refreshes = false)
    {
        var session = new EditorSession();
        session.Ask("initialize", new { processId = (int?)null, rootUri = (string?)null, capabilities = new { workspace = new { codeLens = new { refreshSupport = refreshes } } } });
        session.Tell("initialized", new { });
        return session;
    }

    public void Raw(string text) => stream.Write(Encoding.UTF8.GetBytes(text));

    public void Send(string json) => Raw($"Content-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

    public void Tell(string method, object parameters) => Send(JsonSerializer.Serialize(new { jsonrpc = "2.0", method, @params = parameters }));

    public JsonNode? Ask(string method, object? parameters) => Answer(Begin(method, parameters))["result"];

    public JsonNode Refused(string method, object? parameters) => Answer(Begin(method, parameters))["error"]!;

    public int Begin(string method, object? parameters)
    {
        int id = ++requests;
        Send(parameters is null ? JsonSerializer.Serialize(new { jsonrpc = "2.0", id, method }) : JsonSerializer.Serialize(new { jsonrpc = "2.0", id, method, @params = parameters }));
        return id;
    }

    /// <summary>Requests of the server's own get the answer null.</summary>
    public JsonNode Answer(int id)
    {
        while (true)
        {
            var message = Read();
            if (message["method"] is null && (int?)message["id"] == id) return message;
            Unasked.Add(message);
            if (message["method"] is not null && message["id"] is { } theirs) Send($"{{\"jsonrpc\":\"2.0\",\"id\":{theirs.ToJsonString()},\"result\":null}}");
        }
    }

    /// <summary>Until the server says something unasked, after so many other things.</summary>
    public void Await(int after, string method)
    {
        while (!Unasked.Skip(after).Any(message => (string?)message["method"] == method)) Unasked.Add(Read());
    }

    public void Open(string uri, string text) => Tell("textDocument/didOpen", new { textDocument = new { uri, languageId = "irk", version = 1, text } });

    public void Change(string uri, string text) => Tell("textDocument/didChange", new { textDocument = new { uri, version = 2 }, contentChanges = new[] { new { text } } });

    /// <summary>What was last published for a document, as codes and lines; null: nothing was.</summary>
    public string? Mistakes(string uri)
    {
        Ask("textDocument/documentSymbol", new { textDocument = new { uri } });
        var last = Unasked.LastOrDefault(message => (string?)message["method"] == "textDocument/publishDiagnostics" && (string?)message["params"]!["uri"] == uri);
        return last is null ? null : string.Join(", ", last["params"]!["diagnostics"]!.AsArray().Select(one => $"{one!["code"]} {one["range"]!["start"]!["line"]}:{one["range"]!["start"]!["character"]}"));
    }

    /// <summary>Asked about the place that <c>|</c> marks in the text, which is the document without it.</summary>
    public JsonNode? At(string method, string uri, string marked, object? more = null)
    {
        var (line, character) = Place(marked);
        var parameters = new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri }, ["position"] = new JsonObject { ["line"] = line, ["character"] = character } };
        foreach (var (name, value) in more is null ? [] : JsonSerializer.SerializeToNode(more)!.AsObject().ToList()) parameters[name] = value?.DeepClone();
        var answer = Answer(Begin(method, parameters));
        return answer["error"] ?? answer["result"];
    }

    private static (int Line, int Character) Place(string marked)
    {
        string before = marked[..marked.IndexOf('|', StringComparison.Ordinal)];
        return (before.Count(character => character == '\n'), before.Length - before.LastIndexOf('\n') - 1);
    }

    private JsonNode Read()
    {
        using var late = new CancellationTokenSource(Patience);
        int length = 0;
        while (Line(late.Token) is { Length: > 0 } header)
            if (header.StartsWith("Content-Length: ", StringComparison.Ordinal)) length = int.Parse(header[16..], System.Globalization.CultureInfo.InvariantCulture);
        byte[] content = new byte[length];
        stream.ReadExactlyAsync(content, late.Token).AsTask().GetAwaiter().GetResult();
        return JsonNode.Parse(content)!;
    }

    /// <summary>A stream that, as a process's own, is read until there is something or its end, whatever the reader wants meanwhile.</summary>
    private sealed class StandardInput(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, CancellationToken.None);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => inner.ReadAsync(buffer, offset, count, CancellationToken.None);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    private string Line(CancellationToken cancel)
    {
        var line = new StringBuilder();
        byte[] one = new byte[1];
        while (true)
        {
            stream.ReadExactlyAsync(one, cancel).AsTask().GetAwaiter().GetResult();
            if (one[0] == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }
    }
}
