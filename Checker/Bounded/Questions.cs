using System.Diagnostics;
using System.Globalization;

namespace Irekae.Checker.Bounded;

/// <summary>What the questions of one property have in common: the time that is left, where they are written down, how many were asked.</summary>
internal sealed class Questions(string name, BoundedOptions options, CancellationToken cancel)
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private int number;

    /// <summary>Null: no limit.</summary>
    public TimeSpan? Left
    {
        get
        {
            cancel.ThrowIfCancellationRequested();
            return options.TimeLimit is { } limit ? limit - watch.Elapsed : null;
        }
    }

    public TimeSpan Elapsed => watch.Elapsed;

    public long Asked { get; set; }

    /// <exception cref="UnansweredException">The solver does not know.</exception>
    public bool Ask(Solver solver, int depth, string what)
    {
        var reply = solver.Check(Left);
        Asked++;
        string answer = reply switch { Reply.Sat => "sat", Reply.Unsat => "unsat", _ => "unknown" };
        Dump(name, depth, () => solver.Text($"{Encoding.Explanation}\n\n{what}\nAnswer: {answer}", answer));
        return reply is Reply.Unknown unknown ? throw new UnansweredException(unknown.Reason) : reply is Reply.Sat;
    }

    public void Dump(string what, int depth, Func<string> text)
    {
        if (options.DumpFolder is not { } folder) return;
        Directory.CreateDirectory(folder);
        string of = what == name ? name : $"{name}-{what}";
        string file = string.Create(CultureInfo.InvariantCulture, $"{of}-{++number:0000}-depth-{depth}.smt2");
        File.WriteAllText(Path.Combine(folder, file), text());
    }
}

/// <summary>The solver did not answer: time, memory, or it gave up.</summary>
internal sealed class UnansweredException(string reason) : Exception(reason);

/// <summary>Two parts of the program that must agree do not. Never a property of a specification.</summary>
public sealed class DisagreementException(string message) : Exception(message);
