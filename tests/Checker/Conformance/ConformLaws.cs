using System.Collections.Immutable;
using Irekae.Checker.Conformance;
using Irekae.Checker.Conformance.Traces;
using Irekae.Checker.Explore;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Irekae.Properties.Generators;
using Irekae.Tests.Laws;

namespace Irekae.Tests.Checker.Conformance;

/// <summary>Random systems, their runs as traces, and traces that are spoilt.</summary>
public sealed class ConformLaws(ITestOutputHelper output)
{
    private const int Moves = 40;

    internal static IEnumerable<(Drawn Drawn, TransitionSystem System, Run Run)> Runs(Profile profile, int usual, int campaign, int moves)
    {
        foreach (var drawn in Campaign.Systems(profile, usual, campaign))
        {
            var system = TransitionSystem.Compile(drawn.System, Observation.Nothing);
            foreach (var run in Campaign.Runs(system, 2, moves))
                if (!run.Steps.IsEmpty) yield return (drawn, system, run);
        }
    }

    /// <summary>What was drawn conforms, whether all of it is seen, or some kinds of events, or of some only a part.</summary>
    [Fact]
    public void Every_run_conforms_however_much_of_it_is_seen()
    {
        int whole = 0, parts = 0, unknown = 0;
        foreach (var (drawn, _, run) in Runs(new Profile() with { Faults = 0 }, 16, 3000, Moves))
        {
            var records = Shown.Of(run);
            if (records.IsEmpty) continue;
            var random = new Random((int)drawn.Seed);
            Check(drawn, records, null, "seen in full", ref whole);

            var names = records.Select(r => r.Event).Distinct().ToList();
            var kept = names.Where(_ => random.Next(2) == 0).ToHashSet();
            var hidden = records.Where(r => kept.Contains(r.Event)).ToImmutableArray();
            if (!hidden.IsEmpty) Check(drawn, hidden, null, $"of which only {string.Join(", ", kept)} is seen", ref parts);

            var mapping = Mapping.OwnNames(drawn.System, records);
            mapping = mapping with { Partly = [.. mapping.Events.Values.OfType<Pattern>()] };
            var partly = records.Where(r => r.IsSwitch || random.Next(3) > 0).ToImmutableArray();
            if (!partly.IsEmpty) Check(drawn, partly, mapping, "of whose events some are missing", ref parts);
        }

        output.WriteLine($"{whole} in full, {parts} in part, {unknown} unknown");
        Assert.True(whole > 20 && parts > 20 && unknown <= (whole + parts) / 10);

        void Check(Drawn drawn, ImmutableArray<TraceRecord> records, Mapping? mapping, string how, ref int count)
        {
            switch (Decided(drawn, records, mapping, (0, 1), 20_000))
            {
                case ConformanceResult.Refuted no:
                    Assert.Fail(drawn.Says($"a run {how} is refuted at line {no.At.Line}: {no.At.Text(drawn.System)} at {no.At.Time}\n{Text(records)}"));
                    break;
                case ConformanceResult.Unknown:
                    unknown++;
                    break;
                default:
                    count++;
                    break;
            }
        }
    }

    /// <summary>What is refuted, no run with whole durations shows. (What conforms has been shown by the interpreter.)</summary>
    [Fact]
    public void What_is_refuted_no_run_shows()
    {
        int refuted = 0, conform = 0, found = 0;
        foreach (var (drawn, system, run) in Runs(Profile.Tiny with { Faults = 0, AfterAnyTime = 0, Sporadic = 0 }, 24, 4000, 8))
        {
            if (!system.Tick.IsInteger) continue;
            var records = Shown.Of(run);
            if (records.Length < 3) continue;
            var random = new Random((int)drawn.Seed);
            for (int k = 0; k < 3; k++)
            {
                var spoilt = Spoilt(records, (long)system.Tick.Numerator, random);
                ConformanceResult answer;
                try
                {
                    answer = Decided(drawn, spoilt, Mapping.OwnNames(drawn.System, spoilt) with { Origin = 0 }, default, 100_000);
                }
                catch (TraceException)
                {
                    continue; // a gap that is seen at once
                }

                bool? exists = new EveryWay(system, spoilt, 3000).Exists();
                if (exists == true) found++;
                if (answer is ConformanceResult.Refuted no)
                {
                    refuted++;
                    Assert.False(exists == true, drawn.Says($"refuted at {no.At.Time} ({no.At.Text(drawn.System)}), and a run shows it:\n{Text(spoilt)}"));
                }
                else if (answer is ConformanceResult.Conforms)
                {
                    conform++;
                }
            }
        }

        output.WriteLine($"{refuted} refuted, {conform} conform, {found} found by trying every run");
        Assert.True(refuted > 20 && conform > 20 && found > 20);
    }

    private static ConformanceResult Decided(Drawn drawn, ImmutableArray<TraceRecord> records, Mapping? mapping, (long, long) resolution, long states)
    {
        try
        {
            return Shown.Decide(drawn.System, records, mapping, resolution, states: states);
        }
        catch (UnreplayableException wrong)
        {
            Assert.Fail(drawn.Says($"{wrong.Message}\n{Text(records)}"));
            throw;
        }
    }

    /// <summary>Everything from some record on is later or earlier by some ticks.</summary>
    internal static ImmutableArray<TraceRecord> Spoilt(ImmutableArray<TraceRecord> records, long tick, Random random)
    {
        int from = random.Next(1, records.Length);
        long by = random.Next(-2, 3) * tick;
        long least = records[from - 1].Time - records[from].Time;
        return [.. records.Select((record, i) => i < from ? record : record with { Time = record.Time + Math.Max(by, least) })];
    }

    internal static string Text(IEnumerable<TraceRecord> records) =>
        string.Join('\n', records.Select(r => $"{TimeText.Of(r.Time)} {r.Event}{(r.IsSwitch ? $" on {r.Cpu}: {r.From?.Name} to {r.To?.Name}" : $" {r.To?.Name}")}"));
}
