using System.Collections.Immutable;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Proofs;

/// <summary>Why one edge, taken from one node, stays inside the nodes. Combinations are numbers of the certificate's table.</summary>
internal abstract record Reason
{
    /// <summary>Nothing can take the edge.</summary>
    public sealed record Impossible(int Combination) : Reason;

    /// <summary>Everything that takes it lands in this node: one combination for each of its rows.</summary>
    public sealed record Lands(int Node, ImmutableArray<int> Combinations) : Reason;

    /// <summary>Of what takes it, that on one side of the row and that on the other.</summary>
    public sealed record Split(Row Row, Reason Holds, Reason Fails) : Reason;
}

/// <param name="Bounds">For each clock that a claim reads on this edge.</param>
internal sealed record Step(Reason Reason, ImmutableArray<int> Bounds);

/// <param name="Rows">Of the certificate's table.</param>
internal sealed record CertifiedNode(int Location, ImmutableArray<int> Rows, ImmutableArray<Step> Steps);

/// <summary>
/// cert.json (docs/proofs.md): sets of values that together hold every reachable state, with a reason for each step between them, in whole numbers.
/// A combination is [μ, i, λ_i, j, λ_j, …]: so many times the premises i, j, … make μ times the conclusion; μ = 0: a contradiction.
/// </summary>
internal sealed record Certificate(
    string ModelHash, ImmutableArray<Claim> Claims, ImmutableArray<string> Rows, ImmutableArray<string> Combinations,
    ImmutableArray<Step> Initial, ImmutableArray<CertifiedNode> Nodes)
{
    public const string Format = "irekae-certificate/1";

    public static string Hash(ReadOnlySpan<byte> text) => Convert.ToHexStringLower(SHA256.HashData(text));

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append("{\"format\":").Words(Format).Append(",\n\"model\":").Words(ModelHash).Append(",\n\"claims\":[");
        text.AppendJoin(',', Claims.Select(Words)).Append("],\n\"rows\":[\n").AppendJoin(",\n", Rows);
        text.Append("],\n\"combinations\":[\n").AppendJoin(",\n", Combinations).Append("],\n\"initial\":[");
        Write(text, Initial);
        text.Append("],\n\"nodes\":[");
        for (int i = 0; i < Nodes.Length; i++)
        {
            text.Append(i == 0 ? "\n{" : ",\n{").Append("\"at\":").Append(Nodes[i].Location).Append(",\"rows\":").Integers(Nodes[i].Rows).Append(",\"steps\":[");
            Write(text, Nodes[i].Steps);
            text.Append("]}");
        }

        return text.Append("\n]}\n").ToString();
    }

    public static string RowText(Row row)
    {
        var numbers = new List<BigInteger> { row.Constant, row.Strict ? 1 : 0 };
        for (int j = 0; j < row.Dimensions; j++)
        {
            if (row[j] == 0) continue;
            numbers.Add(j);
            numbers.Add(row[j]);
        }

        return new StringBuilder().Integers(numbers).ToString();
    }

    private static string Words(Claim claim) => claim switch
    {
        Claim.Max(var bound, var strict) => Limit("max", bound, strict),
        Claim.Min(var bound, var strict) => Limit("min", bound, strict),
        Claim.Never(var flag) => $"{{\"never\":{flag}}}",
        _ => throw new System.Diagnostics.UnreachableException(claim.GetType().Name),
    };

    private static string Limit(string name, Rational bound, bool strict) => new StringBuilder("{").Words(name).Append(':')
        .Integers(new[] { bound.Numerator, bound.Denominator }).Append(",\"strict\":").Append(strict ? "true}" : "false}").ToString();

    private static void Write(StringBuilder text, ImmutableArray<Step> steps)
    {
        for (int i = 0; i < steps.Length; i++)
        {
            text.Append(i == 0 ? "\n {" : ",\n {");
            Write(text, steps[i].Reason);
            if (!steps[i].Bounds.IsEmpty) text.Append(",\"bounds\":").Integers(steps[i].Bounds);
            text.Append('}');
        }
    }

    private static void Write(StringBuilder text, Reason reason)
    {
        switch (reason)
        {
            case Reason.Impossible no:
                text.Append("\"no\":").Append(no.Combination);
                break;
            case Reason.Lands lands:
                text.Append("\"to\":").Append(lands.Node).Append(",\"by\":").Integers(lands.Combinations);
                break;
            case Reason.Split split:
                text.Append("\"if\":").Append(RowText(split.Row)).Append(",\"then\":{");
                Write(text, split.Holds);
                text.Append("},\"else\":{");
                Write(text, split.Fails);
                text.Append('}');
                break;
        }
    }
}
