using System.Collections.Immutable;
using Irekae.Codegen.Running;
using Irekae.Model.Binding;
using Irekae.Model.Text;

namespace Irekae.Checker.Testing;

/// <summary>Runs of the generated simulator.</summary>
/// <param name="moves">A run is cut after so many.</param>
internal sealed class SieveWatch(Sieve sieve, ImmutableArray<Property> properties, int moves) : Watch(sieve.System, properties)
{
    private readonly SieveRuns runs = sieve.Draw();
    private readonly long[] best = [.. properties.Select(property => property.Question is Question.Min ? long.MaxValue : -1)];

    public override IReadOnlySet<int> Fired => Enumerable.Range(0, runs.Fired.Length).Where(timer => runs.Fired[timer]).ToHashSet();

    public override IReadOnlySet<SourceSpan> Unreached => System.Statements().Where((_, place) => !runs.Executed[place]).Select(statement => statement.Span).ToHashSet();

    /// <exception cref="UnsievedException">The run cannot be judged in generated code.</exception>
    public override void See(ulong seed)
    {
        var found = runs.See(seed, moves);
        Runs++;
        Moves += runs.Moves;
        for (int k = 0; k < found.Length; k++)
        {
            Seen[k].Count(seed, found[k].Touched, found[k].Decided);
            if (found[k].Value is not (>= 0 and var value) || (Properties[k].Question is Question.Min ? value >= best[k] : value <= best[k])) continue;
            best[k] = value;
            Seen[k].Value = sieve.Nanoseconds(value);
        }
    }
}
