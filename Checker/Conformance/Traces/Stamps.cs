namespace Irekae.Checker.Conformance.Traces;

/// <summary>Decimal times as whole nanoseconds: digits are read, nothing is rounded but what is finer than a nanosecond, which is cut off.</summary>
internal static class Stamps
{
    /// <param name="decimals">Digits of the unit to a nanosecond: 9 for seconds, 6 for milliseconds, 3 for microseconds, 0.</param>
    public static bool TryRead(ReadOnlySpan<char> text, int decimals, out long nanoseconds)
    {
        nanoseconds = 0;
        if (text.IsEmpty) return false;
        bool negative = text[0] == '-';
        if (negative) text = text[1..];
        int digits = 0, behind = -1;
        foreach (char c in text)
        {
            if (c == '.' && behind < 0)
            {
                behind = 0;
                continue;
            }

            if (c is < '0' or > '9') return false;
            digits++;
            if (behind >= decimals) continue;
            if (nanoseconds > (long.MaxValue / 20)) return false;
            nanoseconds = (nanoseconds * 10) + (c - '0');
            if (behind >= 0) behind++;
        }

        for (int i = Math.Max(behind, 0); i < decimals; i++)
        {
            if (nanoseconds > long.MaxValue / 20) return false;
            nanoseconds *= 10;
        }

        if (negative) nanoseconds = -nanoseconds;
        return digits > 0;
    }
}
