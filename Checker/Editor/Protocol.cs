using System.Text.Json.Serialization;

namespace Irekae.Checker.Editor;

// What of the Language Server Protocol 3.17 is spoken here, by its names. Lines and characters count from 0, characters in UTF-16 units.

internal sealed record Position(int Line, int Character);

/// <param name="End">Not part of it.</param>
internal sealed record Range(Position Start, Position End);

internal sealed record Location(string Uri, Range Range);

internal sealed record TextDocumentIdentifier(string Uri);

internal sealed record TextDocumentItem(string Uri, int Version, string Text);

internal sealed record InitializeParams(ClientCapabilities? Capabilities);

internal sealed record ClientCapabilities(WorkspaceCapabilities? Workspace);

internal sealed record WorkspaceCapabilities(CodeLensCapability? CodeLens);

internal sealed record CodeLensCapability(bool RefreshSupport);

internal sealed record InitializeResult(ServerCapabilities Capabilities, ServerInfo ServerInfo);

internal sealed record ServerInfo(string Name, string Version);

/// <param name="TextDocumentSync">1: the whole text with every change.</param>
internal sealed record ServerCapabilities(
    int TextDocumentSync,
    bool HoverProvider,
    bool DefinitionProvider,
    bool ReferencesProvider,
    bool DocumentSymbolProvider,
    bool DocumentFormattingProvider,
    RenameOptions RenameProvider,
    CompletionOptions CompletionProvider,
    CodeLensOptions CodeLensProvider,
    ExecuteCommandOptions ExecuteCommandProvider);

internal sealed record RenameOptions(bool PrepareProvider);

internal sealed record CompletionOptions(string[] TriggerCharacters);

internal sealed record CodeLensOptions(bool ResolveProvider);

internal sealed record ExecuteCommandOptions(string[] Commands);

internal sealed record DidOpenParams(TextDocumentItem TextDocument);

internal sealed record DidChangeParams(TextDocumentIdentifier TextDocument, TextChange[] ContentChanges);

internal sealed record TextChange(string Text);

internal sealed record DocumentParams(TextDocumentIdentifier TextDocument);

internal sealed record PlaceParams(TextDocumentIdentifier TextDocument, Position Position);

internal sealed record ReferenceParams(TextDocumentIdentifier TextDocument, Position Position, ReferenceContext? Context);

internal sealed record ReferenceContext(bool IncludeDeclaration);

internal sealed record RenameParams(TextDocumentIdentifier TextDocument, Position Position, string NewName);

internal sealed record ExecuteCommandParams(string Command, string[]? Arguments);

internal sealed record PublishDiagnosticsParams(string Uri, Diagnostic[] Diagnostics);

/// <param name="Severity">1 error, 2 warning.</param>
internal sealed record Diagnostic(Range Range, int Severity, string Code, string Source, string Message);

internal sealed record MarkupContent(string Kind, string Value);

internal sealed record Hover(MarkupContent Contents, Range Range);

internal sealed record TextEdit(Range Range, string NewText);

internal sealed record WorkspaceEdit(Dictionary<string, TextEdit[]> Changes);

internal sealed record CompletionItem(string Label, int Kind, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail);

internal sealed record LensCommand(string Title, [property: JsonPropertyName("command")] string Name, string[] Arguments);

internal sealed record CodeLens(Range Range, LensCommand Command);

internal sealed record DocumentSymbol(string Name, string Detail, int Kind, Range Range, Range SelectionRange);
