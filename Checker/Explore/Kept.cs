using System.Collections;
using Irekae.Checker.Explore.Polyhedra;

namespace Irekae.Checker.Explore;

/// <summary>
/// Sets of one place, none of which includes another. Nearly all pairs differ in their boxes already, so the boxes lie side by side in one array and
/// are looked at first: a comparison of two sets costs a few instructions until it is worth a look at their rows.
/// </summary>
internal sealed class Kept : IReadOnlyList<Node>
{
    private readonly List<Node> nodes = [];
    private long[] outlines = [];
    private int stride;

    public int Count => nodes.Count;

    public Node this[int index] => nodes[index];

    /// <summary>The latest that includes the set; null: none does.</summary>
    public Node? Covering(Polyhedron set)
    {
        if (nodes.Count == 0) return null;
        long[] inner = set.Outline;
        for (int i = nodes.Count - 1; i >= 0; i--)
            if ((Polyhedron.Fits(inner, OutlineOf(i)) || set.OutlineIsVague) && nodes[i].Set.Includes(set)) return nodes[i];
        return null;
    }

    /// <summary>A set that none here includes takes the place of those that it includes.</summary>
    public void Add(Node node)
    {
        long[] outer = node.Set.Outline;
        int kept = 0;
        for (int i = 0; i < nodes.Count; i++)
        {
            var earlier = nodes[i];
            if ((Polyhedron.Fits(OutlineOf(i), outer) || earlier.Set.OutlineIsVague) && node.Set.Includes(earlier.Set))
            {
                earlier.Covered = true;
                continue;
            }

            if (kept != i)
            {
                nodes[kept] = earlier;
                OutlineOf(i).CopyTo(OutlineOf(kept));
            }

            kept++;
        }

        nodes.RemoveRange(kept, nodes.Count - kept);
        stride = outer.Length;
        if ((kept + 1) * stride > outlines.Length) Array.Resize(ref outlines, Math.Max((kept + 1) * stride, 2 * outlines.Length));
        nodes.Add(node);
        outer.CopyTo(OutlineOf(kept));
    }

    public void Clear() => nodes.Clear();

    public IEnumerator<Node> GetEnumerator() => nodes.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Span<long> OutlineOf(int i) => outlines.AsSpan(i * stride, stride);
}
