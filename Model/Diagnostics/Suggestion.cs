namespace Irekae.Model.Diagnostics;

/// <summary>Which of the names there are somebody may have meant.</summary>
public static class Suggestion
{
    /// <summary>Names longer than this get no suggestion: the distance costs the product of the lengths.</summary>
    private const int LongestName = 128;

    /// <summary>
    /// The candidate nearest to <paramref name="name"/> in letters changed, added, left out or swapped with the next (Damerau–Levenshtein distance,
    /// optimal string alignment), the first of several; null when none is within 2 changes or within a third of the length, and for names of one
    /// letter, where everything is near.
    /// </summary>
    public static string? Closest(string name, IEnumerable<string> candidates)
    {
        if (name.Length is < 2 or > LongestName) return null;
        string? best = null;
        int bestDistance = int.MaxValue;
        foreach (string candidate in candidates)
        {
            int allowed = Math.Min(Math.Max(2, name.Length / 3), Math.Max(name.Length, candidate.Length) - 1);
            if (candidate.Length > LongestName || candidate == name || Math.Abs(candidate.Length - name.Length) > allowed) continue;
            int distance = Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance > allowed || distance >= bestDistance || distance * 2 > Math.Max(name.Length, candidate.Length)) continue;
            best = candidate;
            bestDistance = distance;
        }

        return best;
    }

    /// <summary>How many letters have to be changed, added, left out or swapped with the next, no letter twice.</summary>
    public static int Distance(string left, string right)
    {
        int[] beforeLast = new int[right.Length + 1];
        int[] last = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int[] row = new int[right.Length + 1];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int change = left[i - 1] == right[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + change);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
            }

            (beforeLast, last) = (last, row);
        }

        return last[right.Length];
    }
}
