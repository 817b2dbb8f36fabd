using System.Diagnostics;
using Irekae.Checker.Verification;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Properties;
using Irekae.Properties.Monitors;
using Finding = Irekae.Properties.Monitors.Finding;

namespace Irekae.Checker.Timelines;

/// <summary>What of a run is evidence.</summary>
internal static class Focusing
{
    /// <summary>The run behind an answer. Its properties are those of the system that it is a run of.</summary>
    public static Timeline TimelineOf(BoundSystem plain, PropertyResult result, Run run)
    {
        int index = plain.Properties.FirstOrDefault(property => property.Name == result.Name)?.Index ?? -1;
        return Timeline.Of(run, index < 0 ? OfCheck(result.Name, run) : Of(run.System.System.Properties[index], run));
    }

    /// <summary>Of a property; null where the run has nothing to say of it.</summary>
    public static Focus? Of(Property property, Run run)
    {
        if (run.Steps.IsEmpty) return null;
        var judged = RunMonitor.Judge(property, run);
        if (Job.Asked(property.Question) is not var (quantity, largest, _))
            return judged.Step is { } decided ? new Focus(run.Steps[decided].Instant, run.Steps[decided].Instant, Deciding(property, judged)) : null;
        int index = run.System.Observation.Quantities.IndexOf(quantity);
        var occurrences = Quantities.Of(run).Occurrences.Where(occurrence => occurrence.Quantity == index && (largest || occurrence.Completed)).ToList();
        if (occurrences.Count == 0) return null;
        var extreme = largest ? occurrences.MaxBy(occurrence => occurrence.Value)! : occurrences.MinBy(occurrence => occurrence.Value)!;
        long end = run.Steps[extreme.Step].Instant;
        return new Focus(end - extreme.Value, end, $"{property.Name}: {TimeText.Of(run.Nanoseconds(extreme.Value))}");
    }

    /// <summary>Of a check: the first violation, else the end of the run.</summary>
    public static Focus? OfCheck(string name, Run run)
    {
        if (run.Steps.IsEmpty) return null;
        int step = Health.Of(run).Violations is [var (first, _), ..] ? first : run.Steps.Length - 1;
        return new Focus(run.Steps[step].Instant, run.Steps[step].Instant, name);
    }

    private static string Deciding(Property property, Judgement judged) => judged.Finding switch
    {
        Finding.Contradicts => $"{property.Name}: contradicted",
        Finding.Reaches => $"{property.Name}: reached",
        _ => throw new UnreachableException(judged.Finding.ToString()),
    };
}
