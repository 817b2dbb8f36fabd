using Irekae.Checker.Verification;
using Irekae.Model;
using Irekae.Model.Numbers;
using Irekae.Properties;

namespace Irekae.Tests.Specs;

/// <summary>What a shipped specification answers, for the tables of the documents: nothing in them is taken from anywhere else.</summary>
internal sealed class Asked(string[] path, params string[] properties)
{
    private const long Many = 200_000;

    private readonly Lazy<Dictionary<string, PropertyResult>> answers = new(() =>
    {
        var spec = Spec.Load(Repository.Folder(["specs", .. path]));
        Assert.False(spec.HasErrors);
        return Verifier.Verify(spec, new VerifyOptions { Properties = [.. properties], CompareTies = false, StateLimit = Many }, null, CancellationToken.None).Results.ToDictionary(r => r.Name);
    });

    public IEnumerable<string> Names => answers.Value.Keys;

    /// <summary>An answer for runs of any length; anything else fails the test.</summary>
    public PropertyResult Of(string property)
    {
        var result = answers.Value[property];
        Assert.True(result is { ForAllTime: true, Verdict: Verdict.Proved or Verdict.Refuted }, $"{property}: {result.Verdict}; {string.Join("; ", result.Notes)}");
        return result;
    }

    public bool Holds(string property) => Of(property).Verdict is Verdict.Proved;

    /// <summary>Nanoseconds. Null: without end.</summary>
    public Rational? Longest(string property)
    {
        var value = Of(property).Value!;
        Assert.True(value.Endless || value.Exact, $"{property} is not exact");
        return value.Endless ? null : value.Proved!.Value;
    }

    public string Time(string property, string endless) => Longest(property) is { } time ? TimeText.Of(time) : endless;
}
