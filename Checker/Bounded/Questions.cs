using System.Globalization;

namespace Irekae.Checker.Bounded;

/// <summary>The questions of one property: asked, counted, and written down.</summary>
internal sealed class Questions(string name, Session session)
{
    private int number;

    public long Asked { get; private set; }

    /// <summary>Ways through the automaton that were found with them.</summary>
    public long Ways { get; set; }

    /// <summary>Called before each question.</summary>
    public Action? Asking { get; set; }

    /// <exception cref="UnansweredException">There is no solver.</exception>
    public Solver Open() => session.Open();

    /// <summary>Is what was asserted possible? One of very many such questions: it is not written down.</summary>
    /// <exception cref="UnansweredException">The solver does not know.</exception>
    public bool Ask(Solver solver) => Known(Check(solver));

    /// <param name="what">The question in words.</param>
    /// <exception cref="UnansweredException">The solver does not know.</exception>
    public bool Ask(Solver solver, int depth, string what)
    {
        var reply = Check(solver);
        if (session.Options.DumpFolder is { } folder) Dump(folder, solver, depth, what, reply);
        return Known(reply);
    }

    private Reply Check(Solver solver)
    {
        Asked++;
        Asking?.Invoke();
        return solver.Check(session.Left);
    }

    private static bool Known(Reply reply) => reply is Reply.Unknown unknown ? throw new UnansweredException(unknown.Reason) : reply is Reply.Sat;

    private void Dump(string folder, Solver solver, int depth, string what, Reply reply)
    {
        string answer = reply switch { Reply.Sat => "sat", Reply.Unsat => "unsat", _ => "unknown" };
        string file = string.Create(CultureInfo.InvariantCulture, $"{name}-{++number:0000}-depth-{depth}.smt2");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, file), solver.Text($"{Encoding.Explanation}\n\n{what}\nAnswer: {answer}", answer));
    }
}

/// <summary>The solver did not answer: there is none, or time, memory, an interruption, or it gave up.</summary>
internal sealed class UnansweredException(string reason) : Exception(reason);

/// <summary>Two parts of the program that must agree do not. Never a property of a specification.</summary>
public sealed class DisagreementException(string message) : Exception(message);
