using Irekae.Model.Text;

namespace Irekae.Model.Diagnostics;

/// <summary>One thing that is wrong with a specification.</summary>
/// <param name="Message">What is wrong, one line, in lower case, without a full stop.</param>
/// <param name="Help">What to write instead, or null.</param>
public sealed record Diagnostic(Code Code, Severity Severity, SourceSpan Span, string Message, string? Help);

public enum Severity { Warning, Error }

/// <summary>A kind of diagnostic; all of them are on the page <see cref="Codes"/>.</summary>
/// <param name="Id"><c>IRK</c> and four digits, the first of which is the band.</param>
public sealed record Code(string Id, string Title, Severity Severity = Severity.Error);
