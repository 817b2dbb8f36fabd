using System.Globalization;
using System.Numerics;
using Irekae.Codegen.Validation;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Audit;

/// <summary>A value and all that it may have been before it was rounded. Nanoseconds.</summary>
internal readonly record struct Reckoned(Rational Low, Rational Printed, Rational High)
{
    public static Reckoned operator +(Reckoned a, Reckoned b) => new(a.Low + b.Low, a.Printed + b.Printed, a.High + b.High);

    public static Reckoned operator -(Reckoned a, Reckoned b) => new(a.Low - b.High, a.Printed - b.Printed, a.High - b.Low);

    public static Reckoned operator *(BigInteger times, Reckoned a) => new(a.Low * times, a.Printed * times, a.High * times);
}

/// <summary>
/// Sums of measured cells and times, <c>10 * ant.increase.loaded.mean - 0.336 ms</c>, with blanks around every sign: each term a cell or a time, or a whole
/// number of it. A time that is written out is exact; a cell has its rounding, anew each time it is named.
/// </summary>
internal sealed class Reckoning(string text, IReadOnlyDictionary<string, Cell> cells)
{
    private readonly string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    private int at;

    private string Word => at < words.Length ? words[at] : "its end";

    /// <exception cref="FormatException">What cannot be read, and where.</exception>
    public static Reckoned Of(string text, IReadOnlyDictionary<string, Cell> cells) => new Reckoning(text, cells).Sum();

    /// <summary>A time as the paper prints it, with half a unit of its last digit.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static PrintedTime Printed(string text) =>
        (text.Split(' ') is [var number, var unit] ? Time(number, unit) : null) ?? throw new FormatException($"'{text}' is not a time such as 0.336 ms");

    private Reckoned Sum()
    {
        var sum = Term();
        while (at < words.Length)
        {
            string sign = words[at++];
            if (sign is not ("+" or "-")) throw new FormatException($"'{text}': + or - is needed before '{sign}'");
            sum = sign == "+" ? sum + Term() : sum - Term();
        }
        return sum;
    }

    private Reckoned Term()
    {
        if (at + 1 < words.Length && words[at + 1] == "*" && BigInteger.TryParse(words[at], NumberStyles.None, CultureInfo.InvariantCulture, out var times))
        {
            at += 2;
            return times * Term();
        }
        if (cells.TryGetValue(Word, out var cell))
        {
            at++;
            return new Reckoned(cell.Low, cell.Printed, cell.High);
        }
        if (at + 1 < words.Length && Time(words[at], words[at + 1]) is { Value: var time })
        {
            at += 2;
            return new Reckoned(time, time, time);
        }
        throw new FormatException($"'{text}': a measured cell or a time such as 1 ms is needed at '{Word}'");
    }

    private static PrintedTime? Time(string number, string unit) =>
        Array.Find(Units, u => u.Name == unit) is { } known ? PrintedTime.Read(number, known.Nanoseconds, out _) : null;

    private static readonly TimeUnit[] Units = [TimeUnit.Nanosecond, TimeUnit.Microsecond, TimeUnit.Millisecond, TimeUnit.Second];
}
