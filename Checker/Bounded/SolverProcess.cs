using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Irekae.Checker.Bounded;

/// <summary>
/// The solver in a process of its own (see <see cref="SolverWorker"/>), because a library that runs out of memory, crashes or does not listen takes
/// its process with it. What becomes of it is an answer, "unknown" with the reason; the next question gets a new one. Used by one thread.
/// </summary>
internal sealed class SolverProcess : IDisposable
{
    /// <summary>The solver is told its time and usually keeps it; after this much more its process is ended.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(400);

    private static readonly Dictionary<int, string> Deaths = new() { [134] = "it gave itself up (SIGABRT), as it does for want of memory", [137] = "it was killed (SIGKILL)", [139] = "it crashed (SIGSEGV)", [143] = "it was ended (SIGTERM)" };

    /// <summary>By their memory: between two unrollings. They end with this process.</summary>
    private static readonly ConcurrentDictionary<long, ConcurrentBag<SolverProcess>> Idle = new();

    private readonly Process process;
    private readonly long memory;
    private readonly bool reusable;
    private CancellationToken cancel;
    private int contexts;
    private volatile string? ended;

    private SolverProcess(Process process, BoundedOptions options)
    {
        this.process = process;
        memory = options.Memory;
        reusable = options is { Library: null, Started: null };
    }

    public bool Lost => ended is not null;

    /// <summary>One that has nothing to do, or a new one.</summary>
    /// <exception cref="UnansweredException">There is none: why.</exception>
    public static SolverProcess Take(BoundedOptions options, TimeSpan? limit, CancellationToken cancel)
    {
        while (options is { Library: null, Started: null } && Idle.TryGetValue(options.Memory, out var bag) && bag.TryTake(out var idle))
        {
            idle.cancel = cancel;
            if (!idle.process.HasExited) return idle;
            idle.Dispose();
        }

        return Start(options, limit, cancel);
    }

    /// <summary>All conversations are over.</summary>
    public void GiveBack()
    {
        cancel = CancellationToken.None;
        if (Lost || !reusable) Dispose();
        else Idle.GetOrAdd(memory, _ => []).Add(this);
    }

    private static SolverProcess Start(BoundedOptions options, TimeSpan? limit, CancellationToken cancel)
    {
        var start = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        foreach (string part in SolverWorker.CommandLine(options.Memory)) start.ArgumentList.Add(part);
        start.FileName = start.ArgumentList[0];
        start.ArgumentList.RemoveAt(0);
        if (options.Library is { } library) start.Environment[Library.Variable] = library;
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new UnansweredException($"the solver's process cannot be started: {e.Message}");
        }

        process.StandardInput.AutoFlush = false;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        options.Started?.Invoke(process);
        var solver = new SolverProcess(process, options) { cancel = cancel };
        string greeting = solver.Answer(limit);
        if (greeting == SolverWorker.Ready) return solver;
        solver.Dispose();
        throw new UnansweredException(greeting);
    }

    /// <summary>A number that no other conversation has.</summary>
    public int Open() => ++contexts;

    /// <summary>Something that has no answer.</summary>
    public void Tell(string command, string? text = null)
    {
        try
        {
            process.StandardInput.Write(text is null ? $"{command}\n" : string.Create(CultureInfo.InvariantCulture, $"{command} {text.Length}\n{text}"));
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            throw Ended();
        }
    }

    /// <param name="limit">Null: as long as it takes.</param>
    /// <exception cref="UnansweredException">Time is up, it was interrupted, or the process has ended.</exception>
    public string Ask(string command, TimeSpan? limit)
    {
        Tell(command);
        return Answer(limit);
    }

    private string Answer(TimeSpan? limit)
    {
        try
        {
            process.StandardInput.Flush();
        }
        catch (IOException)
        {
            throw Ended();
        }

        using var patience = limit is { } time ? new Timer(_ => End("time limit"), null, Whole(time + Grace), Timeout.Infinite) : null;
        using var interruption = cancel.Register(() => End("interrupted"));
        return process.StandardOutput.ReadLine() ?? throw Ended();
    }

    public static uint Whole(TimeSpan time) => (uint)Math.Clamp(time.TotalMilliseconds, 1, uint.MaxValue - 1);

    public void Dispose()
    {
        End("done");
        process.Dispose();
    }

    private void End(string why)
    {
        ended ??= why;
        try
        {
            process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // it has ended already
        }
    }

    private UnansweredException Ended()
    {
        process.WaitForExit();
        ended ??= $"the solver's process has ended: {(Deaths.TryGetValue(process.ExitCode, out string? death) ? death : $"exit code {process.ExitCode}")}";
        return new UnansweredException(ended);
    }
}
