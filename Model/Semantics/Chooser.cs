namespace Irekae.Model.Semantics;

/// <summary>Settles what a specification leaves open: which of the possible moves is next, and how long what begins will take.</summary>
public abstract class Chooser
{
    /// <summary>Index into the candidates (at least one), or -1 to end the run here.</summary>
    public abstract int Move(Interpreter interpreter, IReadOnlyList<Move> candidates);

    /// <summary>A number of fine ticks from low to high; high null: no end.</summary>
    /// <param name="started">The place in <c>move.Started</c>.</param>
    public abstract long Duration(Interpreter interpreter, Move move, int started, long low, long? high);
}
