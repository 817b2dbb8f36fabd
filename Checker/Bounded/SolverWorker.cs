using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Z3;

namespace Irekae.Checker.Bounded;

/// <summary>
/// The other side of a <see cref="SolverProcess"/>: this program, started by itself, with the solver's library in it. It answers lines:
/// <code>
///     new C          begins conversation C              end C           ends it
///     assert C n     n characters of SMT-LIB 2 follow   push C, pop C
///     check C ms     → sat | unsat | unknown why        value C x  → a rational        holds C x  → true | false
/// </code>
/// It ends with its parent, even in the middle of a question, and leaves signals to it. What fails is said at the next question.
/// </summary>
public static class SolverWorker
{
    /// <summary>The hidden command of this program that runs it; a number of megabytes follows.</summary>
    public const string Command = "solver-worker";

    internal const string Ready = "ready";

    private const string Program = "irekae";

    /// <summary>Starts the worker, with so many megabytes for the solver.</summary>
    internal static string[] CommandLine(long megabytes)
    {
        string place = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? $"{Program}.exe" : Program), library = Path.ChangeExtension(place, ".dll");
        string? own = Environment.ProcessPath;
        string[] program = own is not null && Path.GetFileNameWithoutExtension(own) == "dotnet" ? [own, library]
            : own is not null && Path.GetFileNameWithoutExtension(own) == Program ? [own]
            : File.Exists(place) ? [place] : ["dotnet", library];
        return [.. program, Command, megabytes.ToString(CultureInfo.InvariantCulture)];
    }

    public static int Run(TextReader input, TextWriter output, long megabytes)
    {
        using var interrupts = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var terminations = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
        if (Library.Missing(Environment.GetEnvironmentVariable(Library.Variable), megabytes) is { } missing)
        {
            Say(output, missing);
            return 1;
        }

        Say(output, Ready);
        using var commands = new BlockingCollection<(string Line, string? Text)>(10_000);
        new Thread(() => Read(input, commands)) { IsBackground = true }.Start();
        var conversations = new Dictionary<string, Conversation>();
        foreach (var (line, text) in commands.GetConsumingEnumerable())
        {
            string[] words = line.Split(' ', 3);
            if (words[0] == "new") conversations.Add(words[1], new Conversation());
            else if (words[0] == "end" && conversations.Remove(words[1], out var over)) over.Dispose();
            else if (conversations[words[1]].Carry(words[0], words.ElementAtOrDefault(2), text) is { } answer) Say(output, answer);
        }

        return 0;
    }

    private static void Read(TextReader input, BlockingCollection<(string, string?)> commands)
    {
        while (input.ReadLine() is { } line)
        {
            string? text = null;
            if (line.StartsWith("assert ", StringComparison.Ordinal))
            {
                var buffer = new char[int.Parse(line.AsSpan(line.LastIndexOf(' ')), CultureInfo.InvariantCulture)];
                if (input.ReadBlock(buffer) < buffer.Length) break;
                text = new string(buffer);
            }

            commands.Add((line, text));
        }

        Process.GetCurrentProcess().Kill(); // nobody listens any more, and the solver may not return for long
    }

    private static void Say(TextWriter output, string answer)
    {
        output.Write(answer.ReplaceLineEndings(" ") + "\n");
        output.Flush();
    }

    /// <summary>One context: short-lived, because it keeps every term.</summary>
    private sealed class Conversation : IDisposable
    {
        private readonly NativeContext context = new([]);
        private readonly NativeSolver solver;
        private NativeModel? model;
        private string? failure;

        public Conversation()
        {
            solver = context.MkSimpleSolver();
            solver.Set("ctrl_c", false);
        }

        public string? Carry(string command, string? argument, string? text)
        {
            bool asks = command is "check" or "value" or "holds";
            if (failure is not null) return asks ? failure : null;
            try
            {
                switch (command)
                {
                    case "assert":
                        solver.FromString(text!);
                        return null;
                    case "push":
                        solver.Push();
                        return null;
                    case "pop":
                        solver.Pop(1);
                        return null;
                    case "check":
                        return Check(uint.Parse(argument!, CultureInfo.InvariantCulture));
                    case "value":
                        return context.GetNumeralString(model!.Eval(context.MkConst(argument!, context.RealSort), true)).Replace(" ", "");
                    case "holds":
                        return context.ToString(model!.Eval(context.MkConst(argument!, context.BoolSort), true));
                    default:
                        throw new UnreachableException(command);
                }
            }
            catch (Exception e) when (e is Z3Exception or SEHException)
            {
                failure = $"unknown {(e.Message.Contains("memory", StringComparison.OrdinalIgnoreCase) ? "memory limit" : $"the solver failed: {e.Message}")}";
                return asks ? failure : null;
            }
        }

        private string Check(uint milliseconds)
        {
            model?.Dispose();
            model = null;
            solver.Set("timeout", milliseconds);
            switch (solver.Check())
            {
                case Status.SATISFIABLE:
                    model = solver.Model;
                    return "sat";
                case Status.UNSATISFIABLE:
                    return "unsat";
                default:
                    string reason = solver.ReasonUnknown;
                    return reason switch
                    {
                        "canceled" or "timeout" => "unknown time limit",
                        _ when reason.Contains("memory", StringComparison.OrdinalIgnoreCase) => "unknown memory limit",
                        _ => $"unknown the solver gave up: {reason}",
                    };
            }
        }

        public void Dispose()
        {
            model?.Dispose();
            solver.Dispose();
            context.Dispose();
        }
    }
}
