namespace Irekae.Codegen.Simulator;

/// <summary>
/// Settles what a specification leaves open, and is told what is observed. A structure, so that generated code is compiled for each world of
/// its own. Times are in fine ticks; a timer is known by its number in the specification.
/// </summary>
public interface IWorld
{
    /// <summary>The first value of a timer: anything from low to high, both included; without knowing better, each alike.</summary>
    long Between(int timer, long low, long high);

    /// <summary>The first value of a timer that may be any from low on.</summary>
    long From(int timer, long low);

    /// <summary>The value of a parameter for a whole run, a multiple of step where there is one.</summary>
    long Parameter(int timer, long low, long high, long step);

    /// <summary>As <see cref="Between"/>, always this value.</summary>
    long Point(int timer, long low, long high, long value);

    /// <summary>As <see cref="Between"/>, most likely mode, falling to both ends on a straight line.</summary>
    long Triangular(int timer, long low, long high, long mode);

    /// <summary>As <see cref="Between"/>, by the normal distribution cut to the interval.</summary>
    long Normal(int timer, long low, long high, long mean, long deviation);

    /// <summary>As <see cref="Between"/>, one of the values times multiply/divide, each as often as it was there: as many as the numbers in upTo grow by.</summary>
    long Empirical(int timer, long low, long high, ReadOnlySpan<long> values, ReadOnlySpan<long> upTo, Int128 multiply, Int128 divide);

    /// <summary>An alternative, from 0.</summary>
    int Choose(int count);

    /// <summary>Which of the actors, each about to act, is first.</summary>
    int First(ReadOnlySpan<int> actors);

    /// <summary>Whether work that has ended is preempted before its end is complete.</summary>
    /// <param name="before">How often it was not, in this move.</param>
    bool GoesOnEarly(int before);

    /// <summary>Which of several timers that are due at one instant fires first, from 0.</summary>
    int Tie(int count);

    /// <summary>An occurrence of an observed quantity has ended.</summary>
    void Ended(int quantity, long begin, long end);
}
