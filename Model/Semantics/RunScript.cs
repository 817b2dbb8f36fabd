using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Irekae.Model.Semantics;

/// <summary>One move of a script: which timer fires (-1: none), what is chosen, and the first values of what begins, in fine ticks.</summary>
public sealed record ScriptStep(int Timer, ImmutableArray<int> Choices, ImmutableArray<long> Durations)
{
    public static ScriptStep Of(RunStep step) => new(step.Move.Timer, step.Move.Choices, step.Durations);
}

/// <summary>
/// Everything needed to re-run a run of a known system to the tick. As text: <c>run/1 R</c> with the refinement R, then for each move
/// <c>timer[:choice.choice…][=duration,duration…]</c>, where a move of no timer is written <c>*</c>; separated by white space.
/// </summary>
public sealed record RunScript(long Refinement, ImmutableArray<ScriptStep> Steps)
{
    private const string Head = "run/1";
    private const int Width = 100;

    public static RunScript Of(Run run) => new(run.Refinement, [.. run.Steps.Select(ScriptStep.Of)]);

    public override string ToString()
    {
        var text = new StringBuilder($"{Head} {Refinement}");
        int column = text.Length;
        foreach (var step in Steps)
        {
            string word = Word(step);
            bool fits = column + 1 + word.Length <= Width;
            text.Append(fits ? ' ' : '\n').Append(word);
            column = fits ? column + 1 + word.Length : word.Length;
        }
        return text.ToString();
    }

    /// <exception cref="FormatException">Not the text of a script.</exception>
    public static RunScript Parse(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2 || words[0] != Head) throw new FormatException($"a run begins with '{Head}' and its refinement");
        long refinement = Number(words[1]);
        if (refinement < 1) throw new FormatException("the refinement of a run is at least 1");
        return new RunScript(refinement, [.. words.Skip(2).Select(ParseStep)]);
    }

    private static string Word(ScriptStep step)
    {
        string word = step.Timer < 0 ? "*" : step.Timer.ToString(CultureInfo.InvariantCulture);
        if (step.Choices.Length > 0) word += ":" + string.Join('.', step.Choices);
        if (step.Durations.Length > 0) word += "=" + string.Join(',', step.Durations);
        return word;
    }

    private static ScriptStep ParseStep(string word)
    {
        var (front, durations) = Cut(word, '=');
        var (timer, choices) = Cut(front, ':');
        return new ScriptStep(
            timer == "*" ? -1 : Index(timer),
            choices is null ? [] : [.. choices.Split('.').Select(Index)],
            durations is null ? [] : [.. durations.Split(',').Select(Number)]);
    }

    private static (string Front, string? Back) Cut(string word, char at)
    {
        int place = word.IndexOf(at);
        return place < 0 ? (word, null) : (word[..place], word[(place + 1)..]);
    }

    private static int Index(string digits) =>
        Number(digits) is var number && number <= int.MaxValue ? (int)number : throw new FormatException($"'{digits}' is too large in a run");

    private static long Number(string digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new FormatException($"'{digits}' is no number of a run");
}
