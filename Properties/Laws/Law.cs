using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Properties.Laws;

/// <summary>
/// What must hold of every run of every system (or of those that the law's theory speaks of). A law reads events and configurations: it knows the rules from
/// the text and never asks the semantics to repeat its own steps.
/// </summary>
/// <param name="Says">In one line.</param>
/// <param name="Theory">Why it must hold, with the source where there is one.</param>
public sealed record Law(string Name, string Says, string Theory)
{
    internal Func<Account, Watch> Watching { get; init; } = _ => throw new InvalidOperationException("a law that watches nothing");

    /// <summary>The systems that it speaks of.</summary>
    internal Func<BoundSystem, bool> AppliesTo { get; init; } = _ => true;

    /// <summary>Whether the law speaks of such systems; of others every run passes.</summary>
    public bool Applies(BoundSystem system) => AppliesTo(system);

    /// <summary>The first place where a run breaks this law; null: it keeps it.</summary>
    public Breach? Check(Run run) => RunLaw.Check(run, [this]).Breaches.FirstOrDefault();

    public override string ToString() => $"{Name}: {Says}";
}

/// <summary>A run breaks a law.</summary>
/// <param name="Step">The move, from 0.</param>
/// <param name="What">What is wrong, in a sentence.</param>
public sealed record Breach(Law Law, int Step, string What)
{
    public override string ToString() => $"{Law.Name}: move {Step}: {What}";
}

/// <summary>What several laws say of one run.</summary>
/// <param name="Breaches">At most one of each law.</param>
/// <param name="Judged">How often each law had a say: with 0 a run keeps a law because nothing in it touches the law.</param>
public sealed record LawFindings(ImmutableArray<Breach> Breaches, ImmutableDictionary<Law, long> Judged);
