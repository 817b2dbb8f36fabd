using System.Text;
using Irekae.Model.Diagnostics;
using Irekae.Model.Syntax;

namespace Irekae.Checker.Cli;

/// <summary>The specification that shows a code, the diagnostics it gets, and the same specification without the mistake: specs/rejected, kept in the program.</summary>
internal sealed record RejectedExample(string Source, string Answer, string Corrected)
{
    private const string Folder = "rejected/";
    private const int MostLines = 40;
    private const int Width = 200;

    /// <summary>Null: a code that no file alone can show.</summary>
    public static RejectedExample? Of(string code)
    {
        var names = typeof(RejectedExample).Assembly.GetManifestResourceNames().Where(name => name.StartsWith($"{Folder}{code}-", StringComparison.Ordinal)).ToList();
        return names.Find(name => name.EndsWith(".irk", StringComparison.Ordinal)) is { } source && names.Find(name => name.EndsWith(".expected", StringComparison.Ordinal)) is { } answer
            && names.Find(name => name.EndsWith(".corrected", StringComparison.Ordinal)) is { } corrected
            ? new RejectedExample(Read(source), Read(answer), Read(corrected))
            : null;
    }

    /// <summary>In the place of an example: why there is none, and what to do. Null: there is an example.</summary>
    public static string? InWords(Code code) => code switch
    {
        _ when code == Codes.FileUnreadable => "No text shows it: the name is that of a folder, or the file may not be read. Name a file, and see to it that you may read it.",
        _ when code == Codes.FileTooLarge => $"It takes a file of more than {Limits.FileSize} bytes. Move parts of it to files that it imports, if it is a specification at all.",
        _ when code == Codes.TooManyFiles => $"It takes more than {Limits.Files} files, or {Limits.TotalSize} bytes in all. Import fewer or smaller files, or join some.",
        _ => null,
    };

    /// <summary>Behind two blanks; control characters as their pictures; of a very long text the middle is left out, and said to be.</summary>
    public static string Indented(string text)
    {
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var shown = new StringBuilder();
        int left = lines.Length > MostLines ? lines.Length - MostLines : 0;
        for (int i = 0; i < lines.Length; i++)
        {
            if (left > 0 && i == MostLines / 2)
            {
                shown.Append($"  … {left} lines left out …\n");
                i += left;
            }
            string line = lines[i].Length > Width ? lines[i][..Width] + "…" : lines[i];
            shown.Append(("  " + Visible(line)).TrimEnd()).Append('\n');
        }
        return shown.ToString();
    }

    private static string Visible(string line) => string.Concat(line.Select(character => char.IsControl(character) ? character < ' ' ? (char)('\u2400' + character) : '�' : character));

    private static string Read(string resource)
    {
        using var reader = new StreamReader(typeof(RejectedExample).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
