using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Irekae.Model.Numbers;

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
/// </summary>
internal sealed partial class Solver : IDisposable
{
    private readonly SolverProcess process;
    private readonly int number;
    private readonly List<string> formulas = [];
    private readonly Stack<int> scopes = new();

    /// <exception cref="UnansweredException">The process has ended.</exception>
    public Solver(SolverProcess process)
    {
        this.process = process;
        number = process.Open();
        process.Tell($"new {number}");
    }

    public void Assert(string formula) => Assert([formula]);

    public void Assert(IReadOnlyCollection<string> several)
    {
        formulas.AddRange(several);
        process.Tell($"assert {number}", Script(several));
    }

    public void Push()
    {
        scopes.Push(formulas.Count);
        process.Tell($"push {number}");
    }

    public void Pop()
    {
        int kept = scopes.Pop();
        formulas.RemoveRange(kept, formulas.Count - kept);
        process.Tell($"pop {number}");
    }

    public Reply Check(TimeSpan? limit)
    {
        if (limit <= TimeSpan.Zero) return new Reply.Unknown("time limit");
        uint milliseconds = limit is { } time ? SolverProcess.Whole(time) : uint.MaxValue;
        string answer = process.Ask(string.Create(CultureInfo.InvariantCulture, $"check {number} {milliseconds}"), limit);
        return answer switch
        {
            "sat" => new Reply.Sat(),
            "unsat" => new Reply.Unsat(),
            _ => new Reply.Unknown(answer.StartsWith("unknown ", StringComparison.Ordinal) ? answer["unknown ".Length..] : $"the solver answered '{answer}'"),
        };
    }

    /// <summary>Of a real in the values found last, exactly.</summary>
    public Rational Value(string name) => Rational.Parse(process.Ask($"value {number} {name}", null));

    public bool Holds(string name) => process.Ask($"holds {number} {name}", null) == "true";

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
        if (process.Lost) return;
        try
        {
            process.Tell($"end {number}");
        }
        catch (UnansweredException)
        {
            // it has ended, and with it this conversation
        }
    }

    private static string Script(IReadOnlyCollection<string> formulas)
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

        foreach (string formula in formulas) text.Append("(assert ").Append(formula).Append(")\n");
        return text.ToString();
    }

    [GeneratedRegex(@"\b[a-z]+\d+(_\d+)*\b")]
    private static partial Regex Names();
}
