using System.Text;

namespace Irekae.Tests.Model.Syntax;

/// <summary>A source with places marked by <c>[…]</c>: the language has no brackets of its own.</summary>
internal sealed record MarkedText(string Text, IReadOnlyList<(int Start, int Length)> Marks)
{
    public static MarkedText Parse(string marked)
    {
        var text = new StringBuilder();
        var marks = new List<(int, int)>();
        int start = 0;
        foreach (char character in marked)
        {
            if (character == '[') start = text.Length;
            else if (character == ']') marks.Add((start, text.Length - start));
            else text.Append(character);
        }

        return new MarkedText(text.ToString(), marks);
    }
}
