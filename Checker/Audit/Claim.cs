using System.Collections.Immutable;

namespace Irekae.Checker.Audit;

/// <summary>Something that a paper says, and what decides it. No verdict is written down anywhere: it is what the answers come to.</summary>
/// <param name="Quote">In the paper's own words; null: it does not stand there, it was drawn from what does.</param>
/// <param name="Questions">Each says what the claim says, or a part of it: it holds when all do.</param>
/// <param name="Cases">The same question in the positions of a switch that the paper leaves open.</param>
/// <param name="Undecidable">Why neither text nor model can decide it; null: they can, or nobody has looked yet.</param>
public sealed record Claim(
    string Id, string Section, string Says, string? Quote, ImmutableArray<Question> Questions, ImmutableArray<Case> Cases, Translated? Undecidable);

/// <param name="When">The switch's position.</param>
public sealed record Case(Translated When, Question Question);

/// <summary>A sentence in the two languages of the pages.</summary>
public sealed record Translated(string English, string Japanese);

/// <summary>Something that this program can answer. Paths are relative to where the program runs.</summary>
public abstract record Question
{
    /// <summary>A property, whose question is the claim's.</summary>
    public sealed record Verify(string Spec, string Property) : Question;

    /// <summary>Whether some values of the parameters explain observations.</summary>
    /// <param name="Fits">What the claim says of that.</param>
    public sealed record Calibrate(string Spec, string? Variant, string Use, bool Fits) : Question;

    /// <summary>A sum of printed values, each taken as printed.</summary>
    public sealed record Compute(string Sum, string Printed) : Question;

    /// <summary>The range of a sum whose values were rounded: from the least of one sum to the largest of another.</summary>
    public sealed record Range(string Low, string High, string PrintedLow, string PrintedHigh) : Question;

    /// <summary>A measured cell, and the properties whose values are the model's least and largest of the same quantity.</summary>
    /// <param name="Least">Null: not compared.</param>
    /// <param name="Most">Null: not compared.</param>
    public sealed record Measured(string Cell, string Printed, string Spec, string? Least, string? Most) : Question;

    /// <summary>What a specification says in so many words: the claim was put in, it does not come out.</summary>
    public sealed record Written(string Spec, string Text) : Question;
}

/// <summary>A file of claims, with the data that they speak of.</summary>
/// <param name="Mistakes">With any, the rest means nothing.</param>
public sealed record ClaimsFile(string Path, string Title, ImmutableArray<string> Data, ImmutableArray<Claim> Claims, ImmutableArray<string> Mistakes);
