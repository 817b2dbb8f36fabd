using System.Text;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Properties.Monitors;

namespace Irekae.Properties.Running;

/// <summary>
/// One run of a specification and what can be asked of it. It may have been cut at any move, also by shrinking: a law about the end of a run
/// begins with <c>!run.Complete ||</c>.
/// </summary>
public sealed class DrawnRun
{
    private const int LongestTable = 200;

    private readonly Lazy<Quantities> quantities;
    private readonly Lazy<RunSize> size;

    internal DrawnRun(SpecRuns source, Run run, RecordingChooser? recorded, ulong? seed)
    {
        (Source, Run, Recorded, Seed) = (source, run, recorded, seed);
        quantities = new Lazy<Quantities>(() => Quantities.Of(run));
        size = new Lazy<RunSize>(() => RunSize.Of(this));
    }

    public SpecRuns Source { get; }

    /// <summary>The moves, to the tick.</summary>
    public Run Run { get; }

    /// <summary>The seed it was drawn from; null: it was shrunk, or came from a script.</summary>
    public ulong? Seed { get; }

    /// <summary>How many moves it has.</summary>
    public int Moves => Run.Steps.Length;

    /// <summary>The instant of its last move.</summary>
    public Time End => Run.Steps.IsEmpty ? Time.Zero : new Time(Run.Nanoseconds(Run.Steps[^1].Instant));

    /// <summary>It ended by itself: nothing can happen any more, or nothing sensible follows an error. Else it was cut.</summary>
    public bool Complete => !Run.Steps.IsEmpty && (Run.Steps[^1].Move.Stops || Run.System.Moves(Run.Steps[^1].Move.Next).Count == 0);

    /// <summary>What the checks see that hold of every system: errors, and who waits in vain.</summary>
    public Health Health => Health.Of(Run);

    /// <summary>Its choices are known, so that smaller runs can be made from it; not so where some instant has more orders than are followed.</summary>
    public bool CanShrink => Recorded is not null;

    internal RecordingChooser? Recorded { get; }

    internal RunSize Size => size.Value;

    /// <summary>The occurrences of a measure.</summary>
    /// <exception cref="ArgumentException">There is no measure of that name.</exception>
    public Lengths Measure(string name) => Of(new Quantity.OfMeasure(Named("measure", name, Bound.Measures, measure => measure.Name)));

    /// <summary>The times between consecutive passes of a mark.</summary>
    /// <exception cref="ArgumentException">There is no mark of that name.</exception>
    public Lengths Gap(string name) => Of(new Quantity.Gap(Named("mark", name, Bound.Marks, mark => mark.Name)));

    /// <summary>The response times of the jobs of a process that is activated, from arrival to end.</summary>
    /// <exception cref="ArgumentException">There is no such process.</exception>
    public Lengths Response(string name) => Of(new Quantity.Response(Named("activated process", name, Bound.Actors.Where(actor => actor.Activation is not null), actor => actor.Name)));

    /// <summary>What the run says of a property of the specification.</summary>
    /// <exception cref="ArgumentException">There is no such property, or it is asked of runs with other faults.</exception>
    public Judgement Judge(string name)
    {
        var property = Named("property", name, Bound.Properties.Where(property => property.Variant == Source.Variant), property => property.Name);
        if (!property.Under.Select(fault => fault.Index).Order().SequenceEqual(Run.System.Observation.Faults.Select(fault => fault.Index).Order()))
            throw new ArgumentException($"the property '{name}' is asked of runs with {Faults(property.Under)}, and these are runs with {Faults(Run.System.Observation.Faults)}", nameof(name));
        return RunMonitor.Judge(property, Run);
    }

    /// <summary>The run as a table, after a line that says what it is; below it how to run it again.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"a run of {Bound.Name}: {Moves} move{(Moves == 1 ? "" : "s")}, {End}{(Complete ? "" : ", cut there")}\n");
        text.Append(RunTable.Of(Run, mostMoves: LongestTable));
        return text.Append(Seed is { } seed ? $"again: FromSeed({seed})" : $"again: FromScript(\"\"\"\n{RunScript.Of(Run)}\n\"\"\")").ToString();
    }

    private BoundSystem Bound => Run.System.System;

    private Lengths Of(Quantity quantity)
    {
        int index = Run.System.Observation.Quantities.IndexOf(quantity);
        return new Lengths(Run, quantities.Value.Occurrences.Where(one => one.Quantity == index));
    }

    private static string Faults(IEnumerable<Fault> faults) => string.Join(", ", faults.Select(fault => $"the fault '{fault.Name}'")) is { Length: > 0 } names ? names : "no faults";

    private static T Named<T>(string kind, string name, IEnumerable<T> all, Func<T, string> nameOf)
    {
        var known = all.ToList();
        int index = known.FindIndex(one => nameOf(one) == name);
        if (index >= 0) return known[index];
        string there = known.Count == 0 ? "; there is none" : $"; there are {string.Join(", ", known.Select(nameOf))}";
        throw new ArgumentException($"the specification has no {kind} '{name}'{there}{SpecRuns.Meant(name, known.Select(nameOf))}", nameof(name));
    }
}
