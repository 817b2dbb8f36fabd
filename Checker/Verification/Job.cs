using System.Collections.Immutable;
using System.Diagnostics;
using Irekae.Checker.Explore;
using Irekae.Checker.Proofs;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Properties;

namespace Irekae.Checker.Verification;

/// <summary>
/// Properties (and checks) that one exploration answers. A question about a quantity has its own, with the one clock it needs; the others
/// that speak of the same variant under the same faults share one without clocks.
/// </summary>
/// <param name="Properties">Taken from <paramref name="System"/>, so that their parts are its parts.</param>
internal sealed record Job(BoundSystem System, ImmutableArray<Property> Properties, ImmutableArray<Check> Checks, ImmutableArray<Fault> Faults)
{
    public string Names => string.Join(", ", Properties.Select(p => p.Name).Concat(Checks.IsEmpty ? [] : ["check.*"]));

    /// <summary>Results in the order of the properties, then of the checks.</summary>
    public ImmutableArray<PropertyResult> Carry(ProbeOptions probing, VerifyOptions options)
    {
        if (Properties is [var single] && Asked(single.Question) is var (quantity, largest, bound))
        {
            var known = options.Theorems && largest ? ResponseProbe.Ask(System, quantity, bound, Faults, options.CompareTies) : null;
            if (known is not null) return [Result(single, bound, known) with { Uncertified = options.Certify && known.Verdict is Verdict.Proved ? "a theorem" : null }];
            var probe = new QuantityProbe(System, quantity, largest, bound, Faults, probing);
            var finding = TieComparison.Ask(probe, System.Machine.Ties, options.CompareTies)[0];
            return [Proved(Result(single, bound, finding), Proofs([finding])[0])];
        }

        var states = new StateProbe(System, [.. Properties.Select(p => p.Question)], Checks, Faults, probing);
        var findings = TieComparison.Ask(states, System.Machine.Ties, options.CompareTies);
        var proofs = Proofs(findings);
        return
        [
            .. Properties.Select((p, i) => Proved(Result(p, null, findings[i]), proofs[i])),
            .. Checks.Select((c, i) => Proved(Result(c.Name, "check", c.Question, null, findings[Properties.Length + i]), proofs[Properties.Length + i])),
        ];

        ImmutableArray<Proof> Proofs(ImmutableArray<Finding> found) => options.Certify ? new Proving(probing.Limits, probing.Cancel).Certify(found) : [.. found.Select(_ => default(Proof))];
    }

    public static (Quantity Quantity, bool Largest, Rational? Bound)? Asked(Question question) => question switch
    {
        Question.Max max => (max.Quantity, true, max.Bound),
        Question.Min min => (min.Quantity, false, min.Bound),
        Question.Answered answered => (answered.Request, true, answered.Bound),
        Question.Always or Question.Reachable or Question.After => null,
        _ => throw new UnreachableException(question.GetType().Name),
    };

    private static PropertyResult Proved(PropertyResult result, Proof proof) => result with { Certified = proof.Certified, Uncertified = proof.Uncertified };

    internal static PropertyResult Result(Property property, Rational? bound, Finding finding) =>
        Result(property.Name, Kind(property.Question), AsWritten(property), bound, finding);

    internal static PropertyResult Result(string name, string kind, string question, Rational? bound, Finding finding) => new(
        name, kind, question, finding.Verdict, finding.Complete, finding.Value, bound, finding.Method, finding.Witness, finding.Statistics, finding.Notes);

    private static string Kind(Question question) => question switch
    {
        Question.Max => "max",
        Question.Min => "min",
        Question.Always => "always",
        Question.Reachable => "reachable",
        Question.After => "after",
        Question.Answered => "answered",
        _ => throw new UnreachableException(question.GetType().Name),
    };

    /// <summary>What stands between the colon and the semicolon, on one line.</summary>
    public static string AsWritten(Property property)
    {
        string text = property.Span.Text;
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        text = colon < 0 ? text : text[(colon + 1)..];
        return string.Join(' ', text.TrimEnd(';', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
