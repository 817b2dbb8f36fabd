using System.Collections.Immutable;
using System.Text;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Properties;
using Irekae.Properties.Monitors;

namespace Irekae.Checker.Cli;

/// <summary>
/// A run in a file: lines <c>key: value</c> that say of what it is a run, an empty line, and its script. Whoever has the specification can run it
/// again to the tick.
/// </summary>
/// <param name="System">The name the specification gives itself.</param>
/// <param name="Property">What it is evidence for: a property, or a check such as <c>check.deadlock</c>, or <see cref="Imported"/>.</param>
/// <param name="Faults">The faults that are on, those of the property included.</param>
/// <param name="Value">What the run shows of a property that asks for a time, such as <c>337 us</c>.</param>
internal sealed record SavedRun(string System, string Property, string? Variant, ImmutableArray<string> Faults, Ties Ties, string? Value, RunScript Script)
{
    public const string Extension = ".run";

    /// <summary>In the place of a property: the run is evidence for none, it was read from a trace.</summary>
    public const string Imported = "trace";

    private static readonly string[] Keys = ["spec", "system", "property", "variant", "faults", "ties", "value"];

    /// <summary>Of a result with a run.</summary>
    public static SavedRun Of(BoundSystem plain, PropertyResult result)
    {
        var run = result.Witness!;
        var property = plain.Properties.FirstOrDefault(one => one.Name == result.Name);
        return new SavedRun(
            plain.Name, result.Name, property?.Variant, [.. run.System.Observation.Faults.Select(fault => fault.Name)], run.System.Ties,
            Shown(run, Judged(run.System.System, result.Name)), RunScript.Of(run));
    }

    /// <exception cref="FormatException">Not the text of a run, with the reason.</exception>
    public static SavedRun Parse(string text)
    {
        var said = new Dictionary<string, string>();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        int line = 0;
        for (; line < lines.Length && lines[line].Trim().Length > 0; line++)
        {
            int colon = lines[line].IndexOf(':', StringComparison.Ordinal);
            string key = colon < 0 ? "" : lines[line][..colon].Trim();
            if (!Keys.Contains(key)) throw new FormatException($"line {line + 1}: one of {string.Join(", ", Keys)} is expected before a colon; an empty line ends them");
            if (!said.TryAdd(key, lines[line][(colon + 1)..].Trim())) throw new FormatException($"line {line + 1}: {key} is said twice");
        }
        string ties = Said("ties") ?? throw new FormatException("its ties are missing");
        return new SavedRun(
            Said("system") ?? throw new FormatException("its system is missing"),
            Said("property") ?? throw new FormatException("its property is missing"),
            Said("variant"),
            [.. (Said("faults") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            TiesText.Parse(ties) ?? throw new FormatException($"there is no order of simultaneous events '{ties}'"),
            Said("value"),
            RunScript.Parse(string.Join('\n', lines[line..])));

        string? Said(string key) => said.GetValueOrDefault(key) is { Length: > 0 } value ? value : null;
    }

    /// <param name="spec">The path, for readers.</param>
    public string Text(string spec)
    {
        var text = new StringBuilder();
        void Say(string key, string? value)
        {
            if (!string.IsNullOrEmpty(value)) text.Append(key).Append(": ").Append(value).Append('\n');
        }
        Say("spec", spec);
        Say("system", System);
        Say("property", Property);
        Say("variant", Variant);
        Say("faults", string.Join(' ', Faults));
        Say("ties", TiesText.Of(Ties));
        Say("value", Value);
        return text.Append('\n').Append(Script).Append('\n').ToString();
    }

    /// <summary>The same run again, or the first step that is not possible, and the property it is judged by (null: a check).</summary>
    /// <param name="systemOf">The system of a variant; null if there is none of that name.</param>
    /// <exception cref="FormatException">The run is of another specification.</exception>
    public (Replay Replay, Property? Judged) Again(Func<string?, BoundSystem?> systemOf)
    {
        var system = systemOf(Variant) ?? throw new FormatException($"the specification has no variant '{Variant}'");
        if (system.Name != System) throw new FormatException($"it is a run of '{System}', and the specification is of '{system.Name}'");
        var property = Judged(system, Property);
        if (property is null && Property != Imported && !Property.StartsWith("check.", StringComparison.Ordinal)) throw new FormatException($"the specification has no property '{Property}'");
        if (property is not null && property.Variant != Variant) throw new FormatException($"the property '{Property}' is asked in {(property.Variant is { } asked ? $"variant '{asked}'" : "no variant")}");
        var faults = Faults.Select(name => system.Faults.FirstOrDefault(fault => fault.Name == name) ?? throw new FormatException($"the specification has no fault '{name}'"));
        var observed = property is null ? Observation.Nothing with { Ties = Ties } : Observing.Of([property], Ties);
        // Questions about states are explored without clocks, so their runs have none.
        if (property is { Question: Question.After or Question.Always or Question.Reachable }) observed = observed with { Quantities = [] };
        return (Runs.Replay(TransitionSystem.Compile(system, observed with { Faults = [.. faults] }), Script), property);
    }

    public static string? Shown(Run run, Property? property) => property is not null && RunMonitor.Judge(property, run).Value is { } value ? TimeText.Of(value) : null;

    private static Property? Judged(BoundSystem system, string name) => system.Properties.FirstOrDefault(property => property.Name == name);
}
