using System.Text;
using System.Text.RegularExpressions;
using Irekae.Model.Numbers;
using Microsoft.Z3;

namespace Irekae.Checker.Bounded;

/// <summary>What the solver says. <c>Unknown</c> is never taken for either of the others.</summary>
internal abstract record Reply
{
    /// <summary>There are values; <see cref="Solver.Value"/> has them until the next question.</summary>
    public sealed record Sat : Reply;

    public sealed record Unsat : Reply;

    public sealed record Unknown(string Reason) : Reply;
}

/// <summary>
/// A conversation with Z3 in SMT-LIB 2: every formula is text, so that what is asked can be written down as it is and asked again by hand.
/// Names say their sort: those that begin with <c>l</c> or <c>e</c> are Booleans, all others reals; they are declared where they first occur.
/// One context each, used by one thread at a time, and short-lived, because it keeps every term.
/// </summary>
internal sealed partial class Solver : IDisposable
{
    private const uint Megabytes = 3000;

    private readonly NativeContext context = new([]);
    private readonly NativeSolver solver;
    private readonly List<string> formulas = [];
    private readonly Stack<int> scopes = new();
    private NativeModel? model;

    public Solver()
    {
        solver = context.MkSimpleSolver();
        solver.Set("max_memory", Megabytes);
    }

    public int Asked { get; private set; }

    public void Assert(string formula) => Assert([formula]);

    /// <exception cref="UnansweredException">The solver has no room for it.</exception>
    public void Assert(IReadOnlyCollection<string> several)
    {
        formulas.AddRange(several);
        try
        {
            solver.FromString(Script(several));
        }
        catch (Z3Exception e)
        {
            throw new UnansweredException($"the solver failed: {e.Message}");
        }
    }

    public void Push()
    {
        scopes.Push(formulas.Count);
        solver.Push();
    }

    public void Pop()
    {
        int kept = scopes.Pop();
        formulas.RemoveRange(kept, formulas.Count - kept);
        solver.Pop(1);
    }

    public Reply Check(TimeSpan? limit)
    {
        Asked++;
        model?.Dispose();
        model = null;
        if (limit <= TimeSpan.Zero) return new Reply.Unknown("time limit");
        try
        {
            solver.Set("timeout", limit is { } time ? (uint)Math.Clamp(time.TotalMilliseconds, 1, uint.MaxValue - 1) : uint.MaxValue);
            switch (solver.Check())
            {
                case Status.SATISFIABLE:
                    model = solver.Model;
                    return new Reply.Sat();
                case Status.UNSATISFIABLE:
                    return new Reply.Unsat();
                default:
                    string reason = solver.ReasonUnknown;
                    return new Reply.Unknown(reason is "canceled" or "timeout" ? "time limit" : $"the solver gave up: {reason}");
            }
        }
        catch (Exception e) when (e is Z3Exception or System.Runtime.InteropServices.SEHException)
        {
            return new Reply.Unknown($"the solver failed: {e.Message}");
        }
    }

    /// <summary>Of a real in the values found last, exactly.</summary>
    public Rational Value(string name) => Rational.Parse(context.GetNumeralString(model!.Eval(context.MkConst(name, context.RealSort), true)).Replace(" ", ""));

    public bool Holds(string name) => context.ToString(model!.Eval(context.MkConst(name, context.BoolSort), true)) == "true";

    /// <summary>Everything asserted now, as a file.</summary>
    public string Text(string head, string expected)
    {
        var text = new StringBuilder();
        foreach (string line in head.Split('\n')) text.Append("; ").AppendLine(line.TrimEnd());
        text.AppendLine("(set-logic QF_LRA)").AppendLine($"(set-info :status {expected})");
        text.Append(Script(formulas)).AppendLine("(check-sat)");
        return text.ToString();
    }

    public void Dispose()
    {
        model?.Dispose();
        solver.Dispose();
        context.Dispose();
    }

    /// <summary>Of all names in these formulas.</summary>
    public static string Declarations(IEnumerable<string> formulas)
    {
        var text = new StringBuilder();
        var declared = new HashSet<string>();
        var names = declared.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (string formula in formulas)
        {
            foreach (var match in Names().EnumerateMatches(formula))
            {
                var name = formula.AsSpan(match.Index, match.Length);
                if (names.Add(name)) text.Append("(declare-const ").Append(name).Append(name[0] is 'l' or 'e' ? " Bool)\n" : " Real)\n");
            }
        }

        return text.ToString();
    }

    private static string Script(IReadOnlyCollection<string> formulas)
    {
        var text = new StringBuilder(Declarations(formulas));
        foreach (string formula in formulas) text.Append("(assert ").Append(formula).Append(")\n");
        return text.ToString();
    }

    [GeneratedRegex(@"\b[a-z]+\d+(_\d+)*\b")]
    private static partial Regex Names();
}
