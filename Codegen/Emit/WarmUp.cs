using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Irekae.Codegen.Emit;

/// <summary>
/// The compiler's start, most of which is code that the runtime sees for the first time: on another core, while a simulator is still being written. It
/// changes how long the first compilation of a process takes, nothing else.
/// </summary>
internal static class WarmUp
{
    private static readonly CancellationTokenSource notNeeded = new();
    private static int begun;

    /// <summary>The least that takes the compiler all the way.</summary>
    internal static CSharpCompilation Compilation =>
        CompiledSimulators.CompilationOf([CSharpSyntaxTree.ParseText("class C { int M(int x) { return x + 1; } }", CompiledSimulators.Parsing)]);

    /// <summary>Once in a process, where there is another core.</summary>
    public static void Begin()
    {
        if (Environment.ProcessorCount < 2 || Interlocked.Exchange(ref begun, 1) != 0) return;
        Task.Run(
            () =>
            {
                try
                {
                    Compilation.Emit(Stream.Null, cancellationToken: notNeeded.Token);
                }
                catch (OperationCanceledException)
                {
                    // Nothing is compiled: a simulator was found that had been kept.
                }
            },
            notNeeded.Token);
    }

    /// <summary>Nothing needs to be compiled.</summary>
    public static void End() => notNeeded.Cancel();
}
