using System.Text.RegularExpressions;

namespace Irekae.Tests.Checker.Proofs;

/// <summary>Small changes of a text that is mostly numbers, one object or list a line.</summary>
internal static class Changes
{
    public static string Random(string text, Random random, out string what)
    {
        while (true)
        {
            string changed = Once(text, random, out what);
            if (changed != text) return changed;
        }
    }

    private static string Once(string text, Random random, out string what)
    {
        switch (random.Next(13))
        {
            case 0:
                int length = random.Next(text.Length);
                what = $"cut off at {length}";
                return text[..length];
            case 1:
                int at = random.Next(text.Length);
                what = $"character {at}";
                return text[..at] + (char)(text[at] ^ (1 << random.Next(7))) + text[(at + 1)..];
            case 2:
                return Lines(text, random, "dropped", (lines, i) => lines.RemoveAt(i), out what);
            case 3:
                return Lines(text, random, "twice", (lines, i) => lines.Insert(i, lines[i]), out what);
            case 4:
                return Lines(text, random, "put elsewhere", (lines, i) => { string line = lines[i]; lines.RemoveAt(i); lines.Insert(random.Next(lines.Count), line); }, out what);
            case 5:
                return Lines(text, random, "copied over", (lines, i) => lines[i] = lines[random.Next(lines.Count)], out what);
            case 6:
                return Number(text, random, (n, others) => others[random.Next(others.Count)].Value, out what);
            case 7:
                string other = Strange[random.Next(Strange.Length)];
                return Number(text, random, (_, _) => other, out what);
            case 8:
                return Number(text, random, (n, _) => n.StartsWith('-') ? n[1..] : "-" + n, out what);
            default:
                long by = random.Next(2) == 0 ? 1 : -1;
                return Number(text, random, (n, _) => (System.Numerics.BigInteger.Parse(n, System.Globalization.CultureInfo.InvariantCulture) + by).ToString(), out what);
        }
    }

    /// <summary>What should be a number is none, or one that nobody writes.</summary>
    private static readonly string[] Strange =
        ["null", "true", "\"7\"", "[]", "{}", "1.0", "1e3", "1e999999999", "NaN", "-Infinity", "-0", "00", "0x1", "", "9007199254740993", "\"9007199254740993\"", "\"\"", "[[[[0]]]]"];

    private static string Lines(string text, Random random, string verb, Action<List<string>, int> change, out string what)
    {
        var lines = text.Split('\n').ToList();
        int line = random.Next(lines.Count);
        what = $"line {line} {verb}: {lines[line]}";
        change(lines, line);
        return string.Join('\n', lines);
    }

    private static string Number(string text, Random random, Func<string, IReadOnlyList<Match>, string> change, out string what)
    {
        var numbers = Regex.Matches(text, @"(?<![\w-])-?\d+(?!\w)");
        var number = numbers[random.Next(numbers.Count)];
        string changed = change(number.Value, numbers);
        what = $"{number.Value} at {number.Index} becomes {changed}: …{text[Math.Max(0, number.Index - 40)..Math.Min(text.Length, number.Index + 40)]}…";
        return text[..number.Index] + changed + text[(number.Index + number.Length)..];
    }
}
