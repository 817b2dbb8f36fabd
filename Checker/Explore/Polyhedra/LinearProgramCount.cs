namespace Irekae.Checker.Explore.Polyhedra;

/// <summary>How many times this thread has set a simplex going on a goal: what an exploration costs, as a count that repeats exactly.</summary>
internal static class LinearProgramCount
{
    [ThreadStatic] private static long t_count;

    public static ref long Current => ref t_count;
}
