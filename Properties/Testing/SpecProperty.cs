using System.Collections.Concurrent;
using System.IO.Enumeration;
using System.Text;
using Irekae.Model;
using Irekae.Model.Semantics;
using Irekae.Properties.Running;
using Xunit;
using Xunit.Sdk;

namespace Irekae.Properties.Testing;

/// <summary>One property of a specification as a test case. All cases of a file share one verification.</summary>
public sealed class SpecProperty : IXunitSerializable
{
    /// <summary>Stands for the checks that are asked of every system.</summary>
    public const string Checks = "checks";

    private const int LongestTrace = 400;

    private static readonly ConcurrentDictionary<(string Path, int Seconds), Lazy<IReadOnlyList<PropertyResult>>> Known = [];

    /// <summary>For deserialisation.</summary>
    public SpecProperty()
    {
    }

    private SpecProperty(string path, string? name, int seconds) => (Path, Name, Seconds) = (path, name, seconds);

    /// <summary>As it was given.</summary>
    public string Path { get; private set; } = "";

    /// <summary>The name of the property, or <see cref="Checks"/>; null: the specification cannot be read.</summary>
    public string? Name { get; private set; }

    public int Seconds { get; private set; }

    /// <summary>The cases of a file.</summary>
    /// <param name="pattern">Names, <c>*</c> and <c>?</c> allowed; null: all, and the checks.</param>
    /// <param name="seconds">For each exploration; 0: none.</param>
    public static IReadOnlyList<SpecProperty> Of(string path, string? pattern, int seconds)
    {
        var spec = Spec.Load(SpecPath.Find(path));
        if (spec.HasErrors) return [new SpecProperty(path, null, seconds)];
        IEnumerable<string> names = [.. spec.System!.Properties.Select(property => property.Name), Checks];
        var wanted = names.Where(name => pattern is null || FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)).ToList();
        return wanted.Count > 0
            ? wanted.ConvertAll(name => new SpecProperty(path, name, seconds))
            : throw new ArgumentException($"{path} has no property '{pattern}'; there are {string.Join(", ", names)}", nameof(pattern));
    }

    /// <summary>Passes when the property is proved, and writes what is known of it to the test's output. Else fails with the verdict, its reason and the run.</summary>
    /// <exception cref="SpecErrorException">The specification has errors.</exception>
    /// <exception cref="NotProvedException">The property is refuted or not settled.</exception>
    public void Check()
    {
        var results = Results();
        string words = string.Join("\n", results.Select(Words));
        TestContext.Current.TestOutputHelper?.WriteLine(words);
        if (results.Any(result => result.Verdict is not Verdict.Proved)) throw new NotProvedException(this, [.. results], words);
    }

    /// <summary>What is known of the property; for the checks: of each.</summary>
    public IReadOnlyList<PropertyResult> Results()
    {
        string file = SpecPath.Find(Path);
        var all = Known.GetOrAdd((file, Seconds), key => new Lazy<IReadOnlyList<PropertyResult>>(() => Verified(key.Path, key.Seconds))).Value;
        return [.. all.Where(result => Name == Checks ? result.Kind == "check" : result.Name == Name)];
    }

    /// <summary>As the case is listed: <c>minix3.irk replacement_max</c>.</summary>
    public override string ToString() => $"{System.IO.Path.GetFileName(Path)} {Name ?? "cannot be read"}";

    void IXunitSerializable.Deserialize(IXunitSerializationInfo info) =>
        (Path, Name, Seconds) = (info.GetValue<string>(nameof(Path))!, info.GetValue<string>(nameof(Name)), info.GetValue<int>(nameof(Seconds)));

    void IXunitSerializable.Serialize(IXunitSerializationInfo info)
    {
        info.AddValue(nameof(Path), Path);
        info.AddValue(nameof(Name), Name);
        info.AddValue(nameof(Seconds), Seconds);
    }

    private static IReadOnlyList<PropertyResult> Verified(string file, int seconds)
    {
        var spec = Spec.Load(file);
        SpecErrorException.ThrowIfErrors(spec);
        return SpecVerifier.Installed.Verify(spec, seconds > 0 ? TimeSpan.FromSeconds(seconds) : null, TestContext.Current.CancellationToken);
    }

    private static string Words(PropertyResult result)
    {
        var text = new StringBuilder($"{VerdictWords.Of(result.Verdict)}: {result.Name}: {result.Question}");
        if (VerdictWords.Value(result) is { Length: > 0 } value) text.Append($": {value}");
        if (VerdictWords.Reason(result.Verdict) is { } reason) text.Append($"\n  {reason}");
        foreach (string note in result.Notes) text.Append($"\n  {note}");
        if (result.Certified is not null) text.Append("\n  its certificate was checked");
        if (result.Uncertified is { } why) text.Append($"\n  not certified: {why}");
        if (result is { Verdict: Verdict.Refuted, Witness: { Steps.IsEmpty: false } run })
            text.Append($"\n\na run of {run.Steps.Length} moves shows it:\n{RunTable.Of(run, mostMoves: LongestTrace)}\nthe same run: {RunScript.Of(run)}");
        return text.ToString();
    }
}
