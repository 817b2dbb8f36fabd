using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Irekae.Codegen.Simulator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Irekae.Codegen.Emit;

/// <summary>The compiler has something against emitted code: an error of this program, whatever the specification.</summary>
public sealed class EmittedCodeException(string what, string source) : Exception($"emitted code does not compile: {what}")
{
    /// <summary>The code that does not compile.</summary>
    public string Code { get; } = source;
}

/// <summary>Generated simulators, compiled and loaded.</summary>
public sealed class CompiledSimulators
{
    private readonly Assembly assembly;

    private CompiledSimulators(Assembly assembly) => this.assembly = assembly;

    internal static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp14, DocumentationMode.None);

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, checkOverflow: false, deterministic: true, concurrentBuild: true,
        // What is left of the annotations where nothing is checked.
        specificDiagnosticOptions: [new("CS8632", ReportDiagnostic.Suppress)]);

    private static readonly Lazy<ImmutableArray<MetadataReference>> References = new(() =>
    [
        .. new[] { typeof(object), typeof(Simulation), typeof(Span<>) }.Select(type => type.Assembly.Location)
            .Append(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.Runtime.dll"))
            .Distinct().Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)),
    ]);

    /// <param name="store">Where the same simulators may have been kept; null: nowhere.</param>
    /// <param name="forGood">Stays loaded until the process ends, as for many runs: what may be collected when nobody uses it any more runs a third slower.</param>
    /// <exception cref="EmittedCodeException">Roslyn has something against them, if only a warning.</exception>
    public static CompiledSimulators Compile(IEnumerable<EmittedSimulator> simulators, CompiledStore? store = null, bool forGood = false)
    {
        var sources = simulators.ToList();
        string? key = store is null ? null : CompiledStore.Key(sources.Select(s => s.Text), typeof(CSharpCompilation).Assembly);
        byte[]? image = key is null ? null : store!.Find(key);
        if (image is not null) WarmUp.End();
        else
        {
            image = Image(sources);
            if (key is not null) store!.Keep(key, image);
        }
        return new CompiledSimulators(new AssemblyLoadContext("simulators", isCollectible: !forGood).LoadFromStream(new MemoryStream(image)));
    }

    /// <summary>The compiler's warnings about nulls, which nobody waits for when a simulator is to run: they are a seventh of its work.</summary>
    /// <exception cref="EmittedCodeException">There are some.</exception>
    internal static void CheckNulls(IEnumerable<EmittedSimulator> simulators) => Image([.. simulators], checksNulls: true);

    private static byte[] Image(List<EmittedSimulator> sources, bool checksNulls = false)
    {
        var trees = sources.Select(s => CSharpSyntaxTree.ParseText(SourceText.From(checksNulls ? s.Text : s.Text.Replace(Emitter.NullChecks, "")), Parsing, $"{s.ClassName}.cs"));
        using var image = new MemoryStream();
        var result = CompilationOf(trees).Emit(image);
        if (result.Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).ToList() is { Count: > 0 } faults)
            throw new EmittedCodeException(string.Join("; ", faults.Take(5)), string.Join("\n", sources.Select(s => s.Text)));
        return image.ToArray();
    }

    internal static CSharpCompilation CompilationOf(IEnumerable<SyntaxTree> trees) =>
        CSharpCompilation.Create($"Irekae.Simulated.{Guid.NewGuid():N}", trees, References.Value, Options);

    /// <summary>A simulator of one of the systems in a world.</summary>
    /// <param name="fine">Fine ticks per tick.</param>
    public Simulation<TWorld> Create<TWorld>(EmittedSimulator simulator, long fine, TWorld world) where TWorld : struct, IWorld
    {
        var type = assembly.GetType($"{Emitter.Namespace}.{simulator.ClassName}`1", throwOnError: true)!.MakeGenericType(typeof(TWorld));
        return (Simulation<TWorld>)Activator.CreateInstance(type, fine, world)!;
    }
}
