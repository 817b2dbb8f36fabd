using System.Collections.Immutable;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Diagnostics;
using Irekae.Model.Numbers;
using Irekae.Model.Semantics;
using Replay = Irekae.Model.Semantics.Replay;

namespace Irekae.Properties.Running;

/// <summary>
/// The runs of one specification: drawn from seeds, for FsCheck, or from their script. Everything a specification leaves open (the instant of a
/// release, a duration, the order of simultaneous events, a fault that is on) is drawn. A run that passes a law proves nothing of the others.
/// </summary>
public sealed class SpecRuns
{
    /// <summary>Every second run takes most of its durations at the ends of their intervals, where extreme values tend to be.</summary>
    private const int EndsPercent = 70;

    private readonly RunOptions options;

    private SpecRuns(BoundSystem bound, RunOptions options)
    {
        this.options = options;
        System = TransitionSystem.Compile(bound, Observed(bound, options));
    }

    /// <summary>Observes every measure, mark and response, and whatever the properties ask about.</summary>
    public TransitionSystem System { get; }

    /// <summary>Null: the specification as it stands.</summary>
    public string? Variant => options.Variant;

    /// <summary>For <c>Prop.ForAll</c>; smaller runs come from <see cref="RunShrinking.Smaller"/>.</summary>
    public Arbitrary<DrawnRun> Arbitrary => Arb.From(
        from high in Gen.Choose(0, int.MaxValue)
        from low in Gen.Choose(0, int.MaxValue)
        select FromSeed(((ulong)high << 31) | (uint)low),
        RunShrinking.Smaller);

    /// <summary>Of a file and what it imports.</summary>
    /// <exception cref="SpecErrorException">The specification has errors; the message shows them.</exception>
    /// <exception cref="ArgumentException">There is no such variant or fault.</exception>
    public static SpecRuns Of(string path, RunOptions? options = null) => Of(Spec.Load(path), options);

    /// <inheritdoc cref="Of(string, RunOptions)"/>
    public static SpecRuns Of(Spec spec, RunOptions? options = null)
    {
        options ??= new RunOptions();
        SpecErrorException.ThrowIfErrors(spec);
        var bound = options.Variant is { } variant
            ? spec.ForVariant(variant) ?? throw new ArgumentException($"the specification has no variant '{variant}'{Meant(variant, spec.System!.Variants)}", nameof(options))
            : spec.System!;
        return new SpecRuns(bound, options);
    }

    /// <summary>The run that a seed names: the same on every machine.</summary>
    public DrawnRun FromSeed(ulong seed) => Carry(() => new SeededChooser(seed, seed % 2 == 0 ? 0 : EndsPercent), SpecTimes.Of(System).ParameterStep, options.Moves, seed);

    /// <summary>The run that decisions name.</summary>
    public DrawnRun From(Decisions decisions) => Carry(() => new DecidedChooser(decisions), decisions.Refinement, Math.Min(decisions.Moves, options.Moves), null);

    /// <summary>A run by its script, as a failing run prints it.</summary>
    /// <exception cref="FormatException">Not the text of a script, or not one of a run of this system.</exception>
    public DrawnRun FromScript(string script) => Runs.Replay(System, RunScript.Parse(script)) switch
    {
        Replay.Done done => new DrawnRun(this, done.Run, null, null),
        Replay.Impossible impossible => throw new FormatException($"step {impossible.Step} is not possible: {impossible.Reason}"),
        _ => throw new global::System.Diagnostics.UnreachableException(),
    };

    /// <summary>A run of <see cref="System"/> that was made elsewhere, with its decisions where they can be told, so that it can be shrunk.</summary>
    /// <param name="judge">What the run has to keep when it is followed; without decisions it stays just as it is.</param>
    public DrawnRun Given(Run run, Func<DrawnRun, bool> judge)
    {
        var plain = new DrawnRun(this, run, null, null);
        var recording = new RecordingChooser(new FollowingChooser(run));
        try
        {
            var followed = new DrawnRun(this, Runs.Of(System, run.Refinement, recording, run.Steps.Length), recording, null);
            return followed.Moves == plain.Moves && judge(followed) ? followed : plain;
        }
        catch (CrowdedInstantException)
        {
            return plain;
        }
    }

    /// <summary>Checks a law over drawn runs and fails with the smallest run that breaks it.</summary>
    /// <param name="law">True: the run keeps it.</param>
    /// <param name="count">Runs that have to pass.</param>
    /// <param name="seed">Runs <c>seed</c>, <c>seed + 1</c>, …; null: other runs each time. A failure names the seed.</param>
    /// <exception cref="LawBrokenException">The message shows the run and how to run it again.</exception>
    public void Hold(Func<DrawnRun, bool> law, int count = 1000, ulong? seed = null) =>
        Hold(run => law(run) ? null : new LawBrokenException.Objection(null), count, seed);

    /// <param name="law">Throws where a run breaks it, like the assertions of a test framework. Shrinking keeps to exceptions of the same type.</param>
    /// <inheritdoc cref="Hold(Func{DrawnRun, bool}, int, ulong?)"/>
    public void Hold(Action<DrawnRun> law, int count = 1000, ulong? seed = null) =>
        Hold(run =>
        {
            try
            {
                law(run);
                return null;
            }
            catch (Exception exception)
            {
                return new LawBrokenException.Objection(exception);
            }
        }, count, seed);

    private void Hold(Func<DrawnRun, LawBrokenException.Objection?> law, int count, ulong? seed)
    {
        ulong first = seed ?? (ulong)Random.Shared.NextInt64();
        for (int k = 0; k < count; k++)
        {
            var run = FromSeed(first + (ulong)k);
            if (law(run) is not { } objection) continue;
            var smallest = run.Smallest(smaller => law(smaller) is { } other && other.Like(objection));
            throw new LawBrokenException(run, smallest, law(smallest) ?? objection, k + 1);
        }
    }

    internal static string Meant(string name, IEnumerable<string> names) => Suggestion.Closest(name, names) is { } near ? $"; did you mean '{near}'?" : "";

    /// <summary>
    /// An instant with more orders than are followed ends a run before it; an interval without a whole number of fine ticks makes the ticks of this
    /// run finer.
    /// </summary>
    private DrawnRun Carry(Func<Chooser> chooser, long refinement, int moves, ulong? seed)
    {
        while (true)
        {
            var recording = new RecordingChooser(chooser());
            try
            {
                long horizon = options.Horizon is { } end ? FineTicks(end, refinement) : long.MaxValue;
                return new DrawnRun(this, Runs.Of(System, refinement, recording, moves, horizon), recording, seed);
            }
            catch (RefinementException exception)
            {
                refinement = exception.Needed;
            }
            catch (CrowdedInstantException) when (recording.Count > 0 && recording.Count < moves)
            {
                moves = recording.Count;
            }
        }
    }

    private long FineTicks(Time time, long refinement) =>
        time == Time.Endless
            ? long.MaxValue
            : (long)BigInteger.Min(time.Nanoseconds.Numerator * System.Tick.Denominator * refinement / (time.Nanoseconds.Denominator * System.Tick.Numerator), long.MaxValue);

    private static Observation Observed(BoundSystem bound, RunOptions options)
    {
        var properties = bound.Properties.Where(property => property.Variant == options.Variant).ToList();
        var asked = Monitors.Observing.Of(properties, options.Ties);
        return asked with { Quantities = [.. asked.Quantities.Concat(Monitors.Observing.Measured(bound)).Distinct()], Faults = [.. Faults(bound, options)] };
    }

    private static IEnumerable<Fault> Faults(BoundSystem bound, RunOptions options)
    {
        foreach (string name in options.Faults.Where(name => name != "*"))
        {
            if (!bound.Faults.Any(fault => fault.Name == name))
                throw new ArgumentException($"the specification has no fault '{name}'{Meant(name, bound.Faults.Select(fault => fault.Name))}", nameof(options));
        }
        return bound.Faults.Where(fault => options.Faults.Contains("*") || options.Faults.Contains(fault.Name));
    }
}
