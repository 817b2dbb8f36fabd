namespace Irekae.Checker.Explore.Polyhedra;

/// <summary>
/// A row of a polyhedron no longer fits into 64-bit integers. Never raised by the inside of a linear program, which
/// goes on in big integers: only by a result that would have to be stored. The exploration stops; nothing wraps.
/// </summary>
public sealed class CoefficientOverflowException(string message) : ArithmeticException(message)
{
    public CoefficientOverflowException() : this("a coefficient of a polyhedron does not fit into 64 bits") { }
}
