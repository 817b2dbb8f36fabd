using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Irekae.Checker.Proofs;

/// <summary>
/// How model.json and cert.json are written: in one form only. Members in their order, no spaces, a line feed after each comma between brackets;
/// integers of more than 53 bits as decimal strings, which every JSON reader keeps.
/// </summary>
internal sealed class ProofText
{
    private static readonly BigInteger Largest = BigInteger.Pow(2, 53);

    private byte[] bytes = new byte[1 << 12];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public byte[] ToArray() => Written.ToArray();

    public void Clear() => Length = 0;

    public ProofText Raw(ReadOnlySpan<byte> signs)
    {
        signs.CopyTo(Room(signs.Length));
        Length += signs.Length;
        return this;
    }

    /// <summary>Signs of ASCII that need no escape.</summary>
    public ProofText Raw(string signs)
    {
        Length += Encoding.ASCII.GetBytes(signs, Room(signs.Length));
        return this;
    }

    /// <summary>Between entries of a list.</summary>
    public ProofText Comma() => Raw(bytes[Length - 1] is (byte)']' or (byte)'}' ? ",\n"u8 : ","u8);

    public ProofText Member(string name) => Raw(",\"").Raw(name).Raw("\":");

    public ProofText Words(string words) => Raw("\"").Raw(JsonEncodedText.Encode(words).EncodedUtf8Bytes).Raw("\"");

    public ProofText Integer(int value)
    {
        Utf8Formatter.TryFormat(value, Room(11), out int length);
        Length += length;
        return this;
    }

    public ProofText Integer(BigInteger value)
    {
        if (value >= int.MinValue && value <= int.MaxValue) return Integer((int)value);
        string digits = value.ToString();
        return BigInteger.Abs(value) <= Largest ? Raw(digits) : Raw("\"").Raw(digits).Raw("\"");
    }

    public ProofText Integers(ReadOnlySpan<int> values)
    {
        Raw("["u8);
        for (int i = 0; i < values.Length; i++) (i > 0 ? Raw(","u8) : this).Integer(values[i]);
        return Raw("]"u8);
    }

    public ProofText List<T>(IEnumerable<T> items, Action<ProofText, T> write)
    {
        Raw("["u8);
        bool first = true;
        foreach (var item in items)
        {
            if (!first) Comma();
            first = false;
            write(this, item);
        }

        return Raw("]"u8);
    }

    /// <summary>An integer as it is written here.</summary>
    public static BigInteger Integer(JsonElement number) => BigInteger.Parse(
        number.ValueKind == JsonValueKind.String ? number.GetString()! : number.GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private Span<byte> Room(int count)
    {
        if (Length + count > bytes.Length) Array.Resize(ref bytes, Math.Max(2 * bytes.Length, Length + count));
        return bytes.AsSpan(Length);
    }
}
