using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Model.Diagnostics;

/// <summary>IRK5xxx: imports and files.</summary>
public sealed partial class DiagnosticBag
{
    private const int LongestPath = 200;

    /// <param name="lookedFor">The paths where it might have been.</param>
    /// <param name="meant">A file of a close name that there is, as an import would write it; or null.</param>
    public void ReportFileNotFound(SourceSpan span, string path, IReadOnlyList<string> lookedFor, string? meant)
    {
        string looked = lookedFor.Count == 0 ? "" : $"looked for {string.Join(" and ", lookedFor.Select(place => Shorten(place, LongestPath)))}";
        string? help = (looked, meant) switch
        {
            ("", null) => null,
            (_, null) => looked,
            ("", _) => $"did you mean {meant}?",
            _ => $"{looked}; did you mean {meant}?",
        };
        Report(Codes.FileNotFound, span, $"there is no file {Quote(path)}", help);
    }

    public void ReportFileUnreadable(SourceSpan span, string path, string why) =>
        Report(Codes.FileUnreadable, span, $"{Quote(path)} cannot be read: {why}");

    public void ReportFileTooLarge(SourceSpan span, string path) => Report(
        Codes.FileTooLarge,
        span,
        $"{Quote(path)} has more than {Limits.FileSize} bytes",
        "a specification is a text for people: split it, or look whether this is the right file");

    public void ReportImportOutsideRoot(SourceSpan span, string path, string why) => Report(
        Codes.ImportOutsideRoot,
        span,
        $"{Quote(path)} {why}",
        "a specification imports from its own folder only: copy the file there and write its path from that folder");

    /// <param name="chain">The files that import each other, the first one again at the end.</param>
    public void ReportImportCycle(SourceSpan span, IReadOnlyList<string> chain) => Report(
        Codes.ImportCycle,
        span,
        $"{Quote(chain[0])} imports itself",
        $"the imports are {string.Join(" -> ", chain)}: move what both need to a third file");

    public void ReportTooManyFiles(SourceSpan span) => Report(
        Codes.TooManyFiles,
        span,
        $"more than {Limits.Files} files, or more than {Limits.TotalSize} bytes in all of them",
        "this file and those after it have not been read");

    public void ReportSystemMissing(SourceSpan span) =>
        Report(Codes.SystemMissing, span, "a specification begins with the name of its system", "write system NAME \"what it is\"; as the first line");

    public void ReportSystemInImport(SourceSpan span) =>
        Report(Codes.SystemInImport, span, "an imported file has no system line", "leave it out: the main file names the system");
}
