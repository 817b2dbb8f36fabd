using System.Runtime.CompilerServices;

namespace Irekae.Codegen.Simulator;

/// <summary>How a simulated run came to its end.</summary>
public enum Ending
{
    /// <summary>Nothing will ever act again.</summary>
    AtRest,

    /// <summary>The next move would pass the horizon.</summary>
    Horizon,

    /// <summary>As many moves as allowed.</summary>
    Moves,

    /// <summary>A violation after which nothing sensible follows.</summary>
    Stopped,
}

/// <summary>A generated simulator: one configuration that moves. Times are fine ticks from the beginning of the run.</summary>
public abstract class Simulation
{
    /// <summary>When what does not count down is due.</summary>
    public const long Never = long.MaxValue;

    /// <summary>The value of a timer that is not alive.</summary>
    public const long None = -1;

    /// <summary>Steps in no time after which time is taken to stop.</summary>
    protected const int StepLimit = 4000;

    protected long now;
    protected int steps;
    protected bool stopped;
    private long violations;
    private int firstViolation = -1, lastViolation = -1;
    private long firstViolationAt;

    protected Simulation(long fine)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fine, 1);
        Fine = fine;
    }

    /// <summary>Fine ticks per tick of the specification.</summary>
    public long Fine { get; }

    public long Now => now;

    /// <summary>Moves since the beginning of the run, which is the first.</summary>
    public long Moves { get; protected set; }

    public bool Stopped => stopped;

    /// <summary>Violations of always-on checks in this run.</summary>
    public long Violations => violations;

    /// <summary>The place of the first violation of this run among <see cref="Sites"/>; −1: there was none.</summary>
    public int FirstViolation => firstViolation;

    public long FirstViolationAt => firstViolationAt;

    /// <summary>As <see cref="FirstViolation"/>, of the last one so far.</summary>
    public int LastViolation => lastViolation;

    /// <summary>By condition, in this run: it was once as decides. This and the next four: by moves of <see cref="Run"/>, of a simulator that judges.</summary>
    public virtual ReadOnlySpan<bool> Decided => [];

    /// <summary>By quantity, in this run: what a clock showed most when a move began, in fine ticks; <see cref="None"/>: none ran.</summary>
    public virtual ReadOnlySpan<long> Longest => [];

    /// <summary>By statement, in all runs.</summary>
    public virtual ReadOnlySpan<bool> Executed => [];

    /// <summary>By timer: it has fired, in all runs.</summary>
    public virtual ReadOnlySpan<bool> Fired => [];

    /// <summary>The timer of the last move; −1: none.</summary>
    public virtual int LastTimer => -1;

    /// <summary>Nothing will ever act again, and somebody waits for what cannot come; known only to a simulator that judges.</summary>
    public virtual bool WaitsInVain => false;

    /// <summary>Where the specification can be violated: which check, and what happens in a sentence.</summary>
    public abstract IReadOnlyList<(string Kind, string Text)> Sites { get; }

    /// <summary>By number.</summary>
    public abstract IReadOnlyList<string> Timers { get; }

    /// <summary>What is observed, by number.</summary>
    public abstract IReadOnlyList<string> Quantities { get; }

    /// <summary>A new run, from its beginning to its first rest.</summary>
    public abstract void Begin();

    /// <summary>The run goes on until it ends by itself, the next move would pass the horizon, or it has so many moves.</summary>
    public abstract Ending Run(long horizon, long moves);

    /// <summary>The timer fires now, whether or not it is due, and its consequences follow; −1: the scheduler's turn.</summary>
    public abstract void Fire(int timer);

    /// <summary>The value of a timer now; <see cref="None"/> when it is not alive.</summary>
    public abstract long Left(int timer);

    /// <summary>The timer counts down.</summary>
    public abstract bool CountsDown(int timer);

    /// <summary>The scheduler has still to give out the cores at this instant (ties batch).</summary>
    public abstract bool SchedulerTurn { get; }

    /// <summary>Time passes without a move.</summary>
    public void Pass(long time) => now = checked(now + time);

    protected void Reset()
    {
        (now, Moves, steps, stopped, violations, firstViolation, lastViolation) = (0, 1, 0, false, 0, -1, -1);
    }

    protected void Violate(int site)
    {
        lastViolation = site;
        if (violations++ > 0) return;
        firstViolation = site;
        firstViolationAt = now;
    }

    /// <summary>Counts a step that takes no time; true when it was one too many, and is not to be done here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected bool TooManySteps()
    {
        if (steps >= StepLimit) return true;
        steps++;
        return false;
    }

    /// <exception cref="IndexOutOfRangeException">Always.</exception>
    protected static void OutOfRange() => throw new IndexOutOfRangeException();

    protected static long Ceiling(long numerator, long denominator) => -Floor(-numerator, denominator);

    protected static long Floor(long numerator, long denominator)
    {
        long quotient = numerator / denominator;
        return numerator < 0 && quotient * denominator != numerator ? quotient - 1 : quotient;
    }
}

/// <summary>A generated simulator in a world.</summary>
public abstract class Simulation<TWorld>(long fine, TWorld world) : Simulation(fine) where TWorld : struct, IWorld
{
    protected TWorld world = world;

    /// <summary>What settles the open and hears the observed; may be changed between moves.</summary>
    public ref TWorld World => ref world;
}
