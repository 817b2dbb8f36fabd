using System.Text;

namespace Irekae.Checker.Cli;

/// <summary>The specification that shows a code and the diagnostics it gets: specs/rejected, kept in the program.</summary>
internal sealed record RejectedExample(string Source, string Answer)
{
    private const string Folder = "rejected/";
    private const int MostLines = 40;
    private const int Width = 200;

    /// <summary>Null: a code that no file alone can show.</summary>
    public static RejectedExample? Of(string code)
    {
        var names = typeof(RejectedExample).Assembly.GetManifestResourceNames().Where(name => name.StartsWith($"{Folder}{code}-", StringComparison.Ordinal)).ToList();
        return names.Find(name => name.EndsWith(".irk", StringComparison.Ordinal)) is { } source && names.Find(name => name.EndsWith(".expected", StringComparison.Ordinal)) is { } answer
            ? new RejectedExample(Read(source), Read(answer))
            : null;
    }

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
