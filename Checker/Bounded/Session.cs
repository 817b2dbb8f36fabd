using System.Diagnostics;

namespace Irekae.Checker.Bounded;

/// <summary>What the questions about one unrolling share: the solver's process, and the time and memory that are left.</summary>
internal sealed class Session(BoundedOptions options, CancellationToken cancel) : IDisposable
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private SolverProcess? process;
    private TimeSpan? deadline = options.TimeLimit;

    public BoundedOptions Options => options;

    public TimeSpan Elapsed => watch.Elapsed;

    /// <summary>Until the deadline in force; null: no limit.</summary>
    /// <exception cref="UnansweredException">It was interrupted.</exception>
    public TimeSpan? Left
    {
        get
        {
            if (cancel.IsCancellationRequested) throw new UnansweredException("interrupted");
            if (options.MemoryLimit is { } bytes && GC.GetTotalMemory(false) >= bytes) throw new UnansweredException("memory limit");
            return deadline - watch.Elapsed;
        }
    }

    /// <summary>The next question may take an equal part of the time that is left, so that a hard one does not starve the others.</summary>
    public void Share(int among) => deadline = options.TimeLimit is { } limit ? watch.Elapsed + ((limit - watch.Elapsed) / Math.Max(1, among)) : null;

    /// <summary>A new conversation; its process is started when it is first needed, and again when it was lost.</summary>
    /// <exception cref="UnansweredException">There is no solver.</exception>
    public Solver Open()
    {
        var left = Left;
        if (left <= TimeSpan.Zero) throw new UnansweredException("time limit");
        if (process is { Lost: true }) Dispose();
        process ??= SolverProcess.Take(options, left, cancel);
        return new Solver(process);
    }

    public void Dispose()
    {
        process?.GiveBack();
        process = null;
    }
}
