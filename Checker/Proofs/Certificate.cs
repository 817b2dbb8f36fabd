using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using System.Security.Cryptography;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Proofs;

/// <summary>Why one edge, taken from one node, stays inside the nodes.</summary>
internal abstract record Reason
{
    /// <summary>Nothing can take the edge.</summary>
    public sealed record Impossible(Combination Contradiction) : Reason;

    /// <summary>Everything that takes it lands in this node: one combination for each of its rows.</summary>
    /// <param name="Later">That time passes, where that is needed.</param>
    public sealed record Lands(int Node, ImmutableArray<Combination> Rows, Combination? Later) : Reason;
}

/// <param name="Begins">That intervals with parameters are intervals.</param>
/// <param name="Bounds">For each clock that a claim reads on this edge.</param>
internal sealed record Step(Reason Reason, ImmutableArray<Combination> Begins, ImmutableArray<Combination> Bounds);

internal sealed record CertifiedNode(int Location, int Rank, ImmutableArray<Row> Rows, ImmutableArray<Step> Steps);

/// <summary>
/// cert.json (docs/proofs.md): sets of values that together hold every reachable state, with a reason for each step between them, in whole numbers.
/// Rows and combinations stand in tables, each once, in the order of their first use; so do nodes, as steps lead to them.
/// </summary>
internal sealed record Certificate(string ModelHash, ImmutableArray<Claim> Claims, ImmutableArray<Step> Initial, ImmutableArray<CertifiedNode> Nodes)
{
    public const string Format = "irekae-certificate/2";

    public static string Hash(ReadOnlySpan<byte> text) => Convert.ToHexStringLower(SHA256.HashData(text));

    public byte[] ToBytes()
    {
        var rows = new Table<Row>(Write);
        var combinations = new Table<Combination>(Write);
        bool ranked = Claims.Any(c => c is Claim.TimePasses);
        var nodes = new ProofText();
        nodes.List(Initial, (t, s) => Write(t, s, combinations)).Member("nodes").List(Nodes, (t, n) =>
        {
            t.Raw("{\"at\":"u8).Integer(n.Location);
            if (ranked) t.Raw(",\"rank\":"u8).Integer(n.Rank);
            t.Raw(",\"rows\":"u8).Integers([.. n.Rows.Select(rows.Number)]).Raw(",\"steps\":"u8).List(n.Steps, (own, s) => Write(own, s, combinations)).Raw("}"u8);
        });
        var text = new ProofText();
        text.Raw("{\"format\":").Words(Format).Member("model").Words(ModelHash).Member("claims").List(Claims, Write);
        text.Member("rows").Raw(rows.Text.Raw("]"u8).Written).Member("combinations").Raw(combinations.Text.Raw("]"u8).Written);
        return text.Member("initial").Raw(nodes.Written).Raw("}\n"u8).ToArray();
    }

    private static void Write(ProofText text, Claim claim)
    {
        switch (claim)
        {
            case Claim.Max(var bound, var strict):
                Limit(text, "{\"max\":[", bound, strict);
                break;
            case Claim.Min(var bound, var strict):
                Limit(text, "{\"min\":[", bound, strict);
                break;
            case Claim.Never(var flag):
                text.Raw("{\"never\":"u8).Integer(flag).Raw("}"u8);
                break;
            case Claim.TimePasses:
                text.Raw("{\"time_passes\":true}"u8);
                break;
            default:
                throw new UnreachableException(claim.GetType().Name);
        }
    }

    private static void Limit(ProofText text, string name, Rational bound, bool strict) =>
        text.Raw(name).Integer(bound.Numerator).Raw(","u8).Integer(bound.Denominator).Raw(strict ? "],\"strict\":true}"u8 : "],\"strict\":false}"u8);

    private static void Write(ProofText text, Row row)
    {
        text.Raw("["u8).Integer((BigInteger)row.Constant).Raw(row.Strict ? ",1"u8 : ",0"u8);
        for (int j = 0; j < row.Dimensions; j++)
            if (row[j] != 0) text.Raw(","u8).Integer(j).Raw(","u8).Integer((BigInteger)row[j]);
        text.Raw("]"u8);
    }

    private static void Write(ProofText text, Combination combination)
    {
        text.Raw("["u8).Integer(combination.Factor);
        foreach (var (premise, times) in combination.Terms) text.Raw(","u8).Integer(premise).Raw(","u8).Integer(times);
        text.Raw("]"u8);
    }

    private static void Write(ProofText text, Step step, Table<Combination> combinations)
    {
        void List(string name, ImmutableArray<Combination> own) => text.Raw(name).Integers([.. own.Select(combinations.Number)]);
        switch (step.Reason)
        {
            case Reason.Impossible no:
                text.Raw("{\"no\":"u8).Integer(combinations.Number(no.Contradiction));
                break;
            case Reason.Lands lands:
                text.Raw("{\"to\":"u8).Integer(lands.Node);
                List(",\"by\":", lands.Rows);
                if (lands.Later is { } later) text.Raw(",\"later\":"u8).Integer(combinations.Number(later));
                break;
            default:
                throw new UnreachableException(step.Reason.GetType().Name);
        }

        if (!step.Begins.IsEmpty) List(",\"begins\":", step.Begins);
        if (!step.Bounds.IsEmpty) List(",\"bounds\":", step.Bounds);
        text.Raw("}"u8);
    }

    /// <summary>Entries, each once, numbered as they come. Two are the same if they are written alike.</summary>
    private sealed class Table<T>(Action<ProofText, T> write) where T : notnull
    {
        private readonly Dictionary<T, int> numbers = [];
        private readonly Dictionary<string, int> texts = new(StringComparer.Ordinal);
        private readonly ProofText own = new();

        public ProofText Text { get; } = new ProofText().Raw("["u8);

        public int Number(T entry)
        {
            if (numbers.TryGetValue(entry, out int number)) return number;
            own.Clear();
            write(own, entry);
            string text = System.Text.Encoding.ASCII.GetString(own.Written);
            if (!texts.TryGetValue(text, out number))
            {
                number = texts.Count;
                texts.Add(text, number);
                if (number > 0) Text.Raw(",\n"u8);
                Text.Raw(own.Written);
            }

            numbers.Add(entry, number);
            return number;
        }
    }
}
