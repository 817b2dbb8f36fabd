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

/// <summary>Generated simulators, compiled and loaded. Collected when nobody uses it any more.</summary>
public sealed class CompiledSimulators
{
    private readonly Assembly assembly;

    private CompiledSimulators(Assembly assembly) => this.assembly = assembly;

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp14, DocumentationMode.None);

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, checkOverflow: false, deterministic: true, concurrentBuild: false,
        nullableContextOptions: NullableContextOptions.Enable);

    private static readonly Lazy<ImmutableArray<MetadataReference>> References = new(() =>
    [
        .. new[] { typeof(object), typeof(Simulation), typeof(Span<>) }.Select(type => type.Assembly.Location)
            .Append(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.Runtime.dll"))
            .Distinct().Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)),
    ]);

    /// <exception cref="EmittedCodeException">Roslyn reports an error.</exception>
    public static CompiledSimulators Compile(IEnumerable<EmittedSimulator> simulators)
    {
        var sources = simulators.ToList();
        var trees = sources.Select(s => CSharpSyntaxTree.ParseText(SourceText.From(s.Text), Parsing, $"{s.ClassName}.cs"));
        var compilation = CSharpCompilation.Create($"Irekae.Simulated.{Guid.NewGuid():N}", trees, References.Value, Options);
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToList() is { Count: > 0 } faults)
            throw new EmittedCodeException(string.Join("; ", faults.Take(5)), string.Join("\n", sources.Select(s => s.Text)));
        image.Position = 0;
        var context = new AssemblyLoadContext("simulators", isCollectible: true);
        return new CompiledSimulators(context.LoadFromStream(image));
    }

    /// <summary>A simulator of one of the systems in a world.</summary>
    /// <param name="fine">Fine ticks per tick.</param>
    public Simulation<TWorld> Create<TWorld>(EmittedSimulator simulator, long fine, TWorld world) where TWorld : struct, IWorld
    {
        var type = assembly.GetType($"{Emitter.Namespace}.{simulator.ClassName}`1", throwOnError: true)!.MakeGenericType(typeof(TWorld));
        return (Simulation<TWorld>)Activator.CreateInstance(type, fine, world)!;
    }
}
