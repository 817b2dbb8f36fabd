using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.VisualStudio.Threading;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace Irekae.Checker.Editor;

/// <summary>
/// The conversation with an editor: Language Server Protocol over a pair of streams. Messages are taken one after the other, so that an answer is
/// about the text that the editor had when it asked; only verification goes on beside them.
/// </summary>
internal sealed class LanguageServer : IDisposable
{
    /// <summary>Before <c>initialize</c>.</summary>
    private const int NotInitialized = -32002;

    private readonly string version;
    private readonly JsonRpc rpc;
    private readonly Answers answers = new();
    private readonly CancellationTokenSource ending = new();
    private readonly HashSet<string> published = [];
    private readonly TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool initialized, refreshesLenses;

    private LanguageServer(Stream input, Stream output, string version)
    {
        this.version = version;
        var formatter = new SystemTextJsonFormatter
        {
            JsonSerializerOptions = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.Never },
        };
        rpc = new JsonRpc(new HeaderDelimitedMessageHandler(output, input, formatter)) { SynchronizationContext = new NonConcurrentSynchronizationContext(sticky: false) };
        rpc.AddLocalRpcTarget(this, new JsonRpcTargetOptions { DisposeOnDisconnect = false, NotifyClientOfEvents = false });
    }

    /// <summary>The editor has said <c>shutdown</c> before it left.</summary>
    public bool ShutDown { get; private set; }

    /// <summary>Until the editor leaves: it says so, or its stream ends. Whoever waits for standard input cannot be called back, so nobody waits for that.</summary>
    /// <exception cref="Exception">The other side does not speak the protocol.</exception>
    public static async Task<bool> RunAsync(Stream input, Stream output, string version, CancellationToken cancel)
    {
        using var server = new LanguageServer(input, output, version);
        using var stop = cancel.Register(server.Exit);
        server.rpc.StartListening();
        await (await Task.WhenAny(server.rpc.Completion, server.left.Task).ConfigureAwait(false)).ConfigureAwait(false);
        await server.ending.CancelAsync().ConfigureAwait(false);
        return server.ShutDown;
    }

    // What is public can be called by the editor.
    void IDisposable.Dispose()
    {
        rpc.Dispose();
        ending.Dispose();
    }

    [JsonRpcMethod("initialize", UseSingleObjectParameterDeserialization = true)]
    public InitializeResult Initialize(InitializeParams parameters)
    {
        initialized = true;
        refreshesLenses = parameters.Capabilities?.Workspace?.CodeLens?.RefreshSupport ?? false;
        return new InitializeResult(
            new ServerCapabilities(1, true, true, true, true, true, new RenameOptions(true), new CompletionOptions(["."]), new CodeLensOptions(false), new ExecuteCommandOptions([Answers.Verify])),
            new ServerInfo("irekae", version));
    }

    [JsonRpcMethod("initialized")]
    public void Initialized(JsonElement parameters = default) => _ = parameters;

    [JsonRpcMethod("shutdown")]
    public object? Shutdown()
    {
        Ready();
        ShutDown = true;
        return null;
    }

    [JsonRpcMethod("exit")]
    public void Exit() => left.TrySetResult();

    [JsonRpcMethod("textDocument/didOpen", UseSingleObjectParameterDeserialization = true)]
    public Task DidOpenAsync(DidOpenParams parameters)
    {
        Ready();
        return ChangedAsync(answers.Documents.Set(parameters.TextDocument.Uri, parameters.TextDocument.Text));
    }

    [JsonRpcMethod("textDocument/didChange", UseSingleObjectParameterDeserialization = true)]
    public Task DidChangeAsync(DidChangeParams parameters)
    {
        Ready();
        return parameters.ContentChanges is [.., { Text: { } text }] ? ChangedAsync(answers.Documents.Set(parameters.TextDocument.Uri, text)) : Task.CompletedTask;
    }

    [JsonRpcMethod("textDocument/didClose", UseSingleObjectParameterDeserialization = true)]
    public Task DidCloseAsync(DocumentParams parameters)
    {
        Ready();
        answers.Documents.Close(parameters.TextDocument.Uri);
        return ChangedAsync(Documents.PathOf(parameters.TextDocument.Uri));
    }

    [JsonRpcMethod("textDocument/didSave")]
    public void DidSave(JsonElement textDocument) => _ = textDocument;

    [JsonRpcMethod("textDocument/hover", UseSingleObjectParameterDeserialization = true)]
    public Hover? Hover(PlaceParams parameters) => Ready().Hover(parameters.TextDocument.Uri, parameters.Position);

    [JsonRpcMethod("textDocument/definition", UseSingleObjectParameterDeserialization = true)]
    public Location[] Definition(PlaceParams parameters) => Ready().Definition(parameters.TextDocument.Uri, parameters.Position);

    [JsonRpcMethod("textDocument/references", UseSingleObjectParameterDeserialization = true)]
    public Location[] References(ReferenceParams parameters) => Ready().References(parameters.TextDocument.Uri, parameters.Position, parameters.Context?.IncludeDeclaration ?? true);

    [JsonRpcMethod("textDocument/prepareRename", UseSingleObjectParameterDeserialization = true)]
    public Range? PrepareRename(PlaceParams parameters) => Ready().NameAt(parameters.TextDocument.Uri, parameters.Position);

    [JsonRpcMethod("textDocument/rename", UseSingleObjectParameterDeserialization = true)]
    public WorkspaceEdit Rename(RenameParams parameters)
    {
        var (edit, refusal) = Ready().Rename(parameters.TextDocument.Uri, parameters.Position, parameters.NewName);
        return edit ?? throw new LocalRpcException(refusal) { ErrorCode = (int)JsonRpcErrorCode.InvalidParams };
    }

    [JsonRpcMethod("textDocument/completion", UseSingleObjectParameterDeserialization = true)]
    public CompletionItem[] Completion(PlaceParams parameters) => Ready().Completion(parameters.TextDocument.Uri, parameters.Position);

    [JsonRpcMethod("textDocument/documentSymbol", UseSingleObjectParameterDeserialization = true)]
    public DocumentSymbol[] DocumentSymbol(DocumentParams parameters) => Ready().Symbols(parameters.TextDocument.Uri);

    [JsonRpcMethod("textDocument/formatting", UseSingleObjectParameterDeserialization = true)]
    public TextEdit[] Formatting(DocumentParams parameters) => Ready().Format(parameters.TextDocument.Uri);

    [JsonRpcMethod("textDocument/codeLens", UseSingleObjectParameterDeserialization = true)]
    public CodeLens[] CodeLens(DocumentParams parameters) => Ready().Lenses(parameters.TextDocument.Uri);

    /// <returns>The verdicts, one line each: <c>NAME: VERDICT</c>.</returns>
    [JsonRpcMethod("workspace/executeCommand", UseSingleObjectParameterDeserialization = true)]
    public async Task<string[]> ExecuteCommandAsync(ExecuteCommandParams parameters, CancellationToken cancel)
    {
        Ready();
        if (parameters is not { Command: Answers.Verify, Arguments: [var uri, .. var properties] })
            throw new LocalRpcException($"the command is {Answers.Verify}, with a document and names of properties") { ErrorCode = (int)JsonRpcErrorCode.InvalidParams };
        var asked = answers.Ask(uri, properties);
        if (asked is null) return [];
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ending.Token, cancel);
        var answering = Task.Run(() => asked(both.Token), CancellationToken.None);
        await RefreshAsync();
        try
        {
            return await answering;
        }
        finally
        {
            await RefreshAsync();
        }
    }

    private Answers Ready() => initialized && !ShutDown ? answers : throw new LocalRpcException("the server waits for initialize, or has been shut down") { ErrorCode = initialized ? (int)JsonRpcErrorCode.InvalidRequest : NotInitialized };

    /// <summary>What is wrong now with everything the change may concern; what was wrong elsewhere and is no more is taken back.</summary>
    private async Task ChangedAsync(string path)
    {
        answers.Changed();
        var mistakes = answers.Mistakes();
        var concerned = published.Concat(mistakes.Keys).Append(path).Distinct().ToList();
        published.Clear();
        published.UnionWith(mistakes.Keys);
        foreach (string file in concerned)
            await rpc.NotifyWithParameterObjectAsync("textDocument/publishDiagnostics", new PublishDiagnosticsParams(answers.Documents.Uri(file), mistakes.GetValueOrDefault(file) ?? []));
    }

    private Task RefreshAsync() => refreshesLenses && !rpc.IsDisposed ? rpc.InvokeAsync("workspace/codeLens/refresh") : Task.CompletedTask;
}
