using Irekae.Model.Syntax;

namespace Irekae.Model.Binding;

/// <summary>
/// What the names in a text stand for, as the binder found it: which of them are the same thing, and where it is declared. A thing may be declared at
/// several places, as a measure is by each of its blocks. A name that means nothing, because it is mistaken, is in no thing.
/// </summary>
public sealed class NameTable
{
    private readonly Dictionary<NameSyntax, Named> things = new(ReferenceEqualityComparer.Instance);

    /// <summary>Declarations that somebody uses, in whatever variant.</summary>
    private readonly HashSet<NameSyntax> used = new(ReferenceEqualityComparer.Instance);

    /// <summary>One thing.</summary>
    public sealed class Named
    {
        internal Named? Other { get; set; }

        /// <summary>Where it is declared; in the order in which that was found.</summary>
        public List<NameSyntax> Declared { get; internal set; } = [];

        /// <summary>All names that stand for it, declarations too; in no particular order.</summary>
        public List<NameSyntax> Names { get; internal set; } = [];

        /// <summary>As a sentence names it: "a duration".</summary>
        public string Words { get; internal set; } = "";

        /// <summary>What is known of it beyond its text, such as its length in time; empty: nothing.</summary>
        public string Meaning { get; internal set; } = "";
    }

    /// <summary>Every thing, once.</summary>
    public IEnumerable<Named> Things => things.Values.Where(thing => thing.Other is null).Distinct();

    /// <summary>What a name stands for; null: nothing that is known.</summary>
    public Named? Of(NameSyntax name) => things.TryGetValue(name, out var thing) ? Root(thing) : null;

    internal bool IsUsed(NameSyntax declared) => used.Contains(declared);

    internal void MarkUsed(NameSyntax declared) => used.Add(declared);

    internal void Declare(NameSyntax name, string words, string meaning = "")
    {
        if (name.IsMissing) return;
        var thing = ThingOf(name);
        if (thing.Words.Length == 0) thing.Words = words;
        if (meaning.Length > 0) thing.Meaning = meaning;
        if (!thing.Declared.Contains(name, ReferenceEqualityComparer.Instance)) thing.Declared.Add(name);
    }

    /// <summary>Both stand for the same.</summary>
    internal void Link(NameSyntax use, NameSyntax declared)
    {
        if (use.IsMissing || declared.IsMissing) return;
        var (a, b) = (ThingOf(declared), ThingOf(use));
        if (a == b) return;
        b.Other = a;
        a.Names.AddRange(b.Names);
        a.Declared.AddRange(b.Declared);
        if (a.Words.Length == 0) a.Words = b.Words;
        if (a.Meaning.Length == 0) a.Meaning = b.Meaning;
        (b.Names, b.Declared) = ([], []);
    }

    private Named ThingOf(NameSyntax name)
    {
        if (things.TryGetValue(name, out var thing)) return Root(thing);
        things[name] = thing = new Named { Names = [name] };
        return thing;
    }

    private static Named Root(Named thing)
    {
        while (thing.Other is { } other) thing = other;
        return thing;
    }
}
