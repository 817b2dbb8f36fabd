using System.Runtime.CompilerServices;

namespace Irekae.Codegen.Simulator;

/// <summary>What a simulator that was emitted to judge its runs sees in them, apart from the quantities that its world is told.</summary>
public sealed class Judging(int conditions, int quantities, int statements, int timers)
{
    /// <summary>By condition, in this run: it was once as decides.</summary>
    public readonly bool[] Decided = new bool[conditions];

    /// <summary>By quantity, in this run: what a clock showed most when a move began, in fine ticks; −1: none ran.</summary>
    public readonly long[] Longest = new long[quantities];

    /// <summary>By statement, in all runs.</summary>
    public readonly bool[] Executed = new bool[statements];

    /// <summary>By timer, in all runs.</summary>
    public readonly bool[] Fired = new bool[timers];

    /// <summary>The timer of the last move; −1: none.</summary>
    public int Last { get; private set; }

    public void Begin()
    {
        Array.Clear(Decided);
        Array.Fill(Longest, Simulation.None);
        Last = -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fire(int timer)
    {
        Fired[timer] = true;
        Last = timer;
    }

    public void Turn() => Last = -1;
}
