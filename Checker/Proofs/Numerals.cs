using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Irekae.Checker.Proofs;

/// <summary>How model.json and cert.json are written: integers of more than 53 bits as decimal strings, which every JSON reader keeps.</summary>
internal static class Numerals
{
    private static readonly BigInteger Largest = BigInteger.Pow(2, 53);

    public static StringBuilder Integer(this StringBuilder text, BigInteger value) =>
        BigInteger.Abs(value) <= Largest ? text.Append(value) : text.Append('"').Append(value).Append('"');

    public static StringBuilder Integers(this StringBuilder text, IEnumerable<BigInteger> values)
    {
        text.Append('[');
        bool first = true;
        foreach (var value in values)
        {
            if (!first) text.Append(',');
            first = false;
            text.Integer(value);
        }

        return text.Append(']');
    }

    public static StringBuilder Integers(this StringBuilder text, IEnumerable<int> values) => text.Append('[').AppendJoin(',', values).Append(']');

    public static StringBuilder Words(this StringBuilder text, string words) => text.Append('"').Append(JsonEncodedText.Encode(words).Value).Append('"');
}
