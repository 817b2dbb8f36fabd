using Irekae.Model.Text;

namespace Irekae.Model.Syntax;

/// <summary>From a path to the trees of a specification: the main file and everything it imports.</summary>
public static partial class SyntaxLoader
{
    /// <summary>Reads the file and its imports. Never throws for what the files or their absence may be.</summary>
    public static SyntaxSet Load(string path) => throw new NotImplementedException();

    /// <summary>The same without the disk: <paramref name="path"/> only names the text, and every import is a file that does not exist.</summary>
    public static SyntaxSet LoadText(string path, string text) => throw new NotImplementedException();
}
