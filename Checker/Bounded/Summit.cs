using System.Numerics;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Bounded;

/// <summary>
/// The supremum of a linear term over one way. The strict rows of a way are taken as closed: a way that is possible has the same supremum
/// with and without them, and closed it is attained, at a vertex. Halving between a value that is attained and one that is not leaves an interval
/// whose simplest fraction is the vertex's before long; <c>≥ c</c> sat and <c>&gt; c</c> unsat prove it.
/// </summary>
internal sealed class Summit(Func<Form, IEnumerable<string>> way, int depth, string term, Questions questions)
{
    private const int Patience = 400;

    /// <summary>Null: there is none, the term grows without end.</summary>
    /// <param name="known">A value that is attained.</param>
    /// <param name="ceiling">No value is larger; null: not known.</param>
    public Rational? Of(Rational known, Rational? ceiling)
    {
        if (ceiling is null && Grows()) return null;
        using var solver = questions.Open();
        solver.Assert([.. way(Form.Closed)]);
        if (ceiling is { } top && Reaches(solver, ">=", top) is not null) return top;
        var (low, high) = ceiling is { } bound ? (known, bound) : Bracket(solver, known);
        for (int i = 0; i < Patience; i++)
        {
            bool near = high - low <= Rational.One;
            if (near)
            {
                if (Reaches(solver, ">", low) is not { } more) return low;
                low = more;
            }

            var middle = (low + high) / 2;
            var candidate = !near ? new Rational(middle.Floor(), 1) : i % 2 == 0 ? Simplest(low, high) : middle;
            if (candidate <= low || candidate >= high) candidate = middle;
            if (Reaches(solver, ">=", candidate) is { } value) low = value;
            else high = candidate;
        }

        throw new UnansweredException("the largest value of one way has too long a fraction");
    }

    /// <summary>The way's cone of directions, all constants zero: a direction in which the term grows.</summary>
    private bool Grows()
    {
        using var solver = questions.Open();
        solver.Assert([.. way(Form.Directions)]);
        solver.Assert($"(> {term} 0)");
        return questions.Ask(solver, depth, "A direction in which one way's measured time grows without end?");
    }

    private (Rational Low, Rational High) Bracket(Solver solver, Rational low)
    {
        var step = Rational.One;
        while (Reaches(solver, ">=", low + step) is { } value) (low, step) = (value, step * 2);
        return (low, low + step);
    }

    private Rational? Reaches(Solver solver, string relation, Rational value)
    {
        solver.Push();
        solver.Assert($"({relation} {term} {Encoding.Number(value)})");
        solver.Assert($"(= x0 {term})");
        Rational? found = questions.Ask(solver, depth, $"One way: can its measured time be {relation} {value} ticks?") ? solver.Value("x0") : null;
        solver.Pop();
        return found;
    }

    /// <summary>The fraction with the smallest denominator in [low, high].</summary>
    private static Rational Simplest(Rational low, Rational high)
    {
        var whole = low.Ceiling();
        if (whole <= high) return new Rational(whole, 1);
        var floor = new Rational(low.Floor(), BigInteger.One);
        return floor + Rational.One / Simplest(Rational.One / (high - floor), Rational.One / (low - floor));
    }
}
