namespace Irekae.Tests.Codegen;

/// <summary>A long text that is nowhere: a head, and then so many lines as they are asked for.</summary>
internal sealed class LongText(string head, int count, Func<int, string> line) : TextReader
{
    private int next;
    private string text = head;
    private int at;

    public override int Read(char[] buffer, int index, int length)
    {
        if (at == text.Length)
        {
            if (next == count) return 0;
            text = line(next++) + "\n";
            at = 0;
        }

        int some = Math.Min(length, text.Length - at);
        text.CopyTo(at, buffer, index, some);
        at += some;
        return some;
    }

    public override int Read(Span<char> buffer)
    {
        char[] some = new char[buffer.Length];
        int read = Read(some, 0, some.Length);
        some.AsSpan(0, read).CopyTo(buffer);
        return read;
    }
}
