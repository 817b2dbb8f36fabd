using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Irekae.Tests.Mutation;

/// <summary>
/// The whole of <c>Model</c> compiled with every fault in it, each asleep until its number is switched on (mutant schemata: Untch, Offutt, Harrold 1993). The
/// sources of the product know nothing of it.
/// </summary>
internal static class MutatedModel
{
    public const string SwitchType = "Irekae.Model.Mutation", SwitchField = "On";

    /// <summary>By thread, so that two faults can be tried at once.</summary>
    private const string Switch = """
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Irekae.Codegen")]
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Irekae.Tests")]
        namespace Irekae.Model { internal static class Mutation { [global::System.ThreadStatic] public static int On; } }
        """;

    private const string Usings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http;
        global using System.Threading; global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview, DocumentationMode.None);

    /// <exception cref="InvalidOperationException">A fault's text does not stand in the sources, or stands there twice, or the faulty sources do not compile; the message says which.</exception>
    public static byte[] Compile(IReadOnlyList<Mutant> mutants)
    {
        string root = Repository.Folder("Model");
        var trees = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories).Where(path => Path.GetRelativePath(root, path) is var name && !name.StartsWith("obj", StringComparison.Ordinal) && !name.StartsWith("bin", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(path => Parse(Faulty(path, File.ReadAllText(path), mutants), path)).Append(Parse(Switch, "Switch.cs")).Append(Parse(Usings, "Usings.cs"));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "mscorlib.dll" or "netstandard.dll"))
            .Select(path => MetadataReference.CreateFromFile(path));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable, concurrentBuild: false);
        using var image = new MemoryStream();
        var result = CSharpCompilation.Create("Irekae.Model", trees, references, options).Emit(image);
        var errors = result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(5).ToList();
        return errors.Count == 0 ? image.ToArray() : throw new InvalidOperationException($"a fault does not compile: {string.Join('\n', errors)}");
    }

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), Parsing, path);

    private sealed record Place(int Start, int Length, List<(int Number, string Faulty)> Faults);

    private static string Faulty(string path, string source, IReadOnlyList<Mutant> mutants)
    {
        string file = Path.GetRelativePath(Repository.Folder("Model", "Semantics"), path);
        var places = new List<Place>();
        for (int n = 0; n < mutants.Count; n++)
            foreach (var edit in mutants[n].Edits.Where(e => e.File == file)) Add(places, source, mutants[n].Name, edit, n + 1);
        var text = new StringBuilder(source);
        foreach (var place in places.OrderByDescending(p => p.Start))
            text.Remove(place.Start, place.Length).Insert(place.Start, Schema(source.Substring(place.Start, place.Length), place.Faults));
        return text.ToString();
    }

    private static void Add(List<Place> places, string source, string name, Edit edit, int number)
    {
        int open = edit.Text.IndexOf('«', StringComparison.Ordinal), close = edit.Text.IndexOf('»', StringComparison.Ordinal);
        string plain = edit.Text.Remove(close, 1).Remove(open, 1);
        int at = source.IndexOf(plain, StringComparison.Ordinal);
        if (at < 0) throw new InvalidOperationException($"the fault \"{name}\" has lost its place: {edit.File} has no\n{plain}");
        if (source.IndexOf(plain, at + 1, StringComparison.Ordinal) >= 0) throw new InvalidOperationException($"the fault \"{name}\" has several places: {edit.File} has more than one\n{plain}");
        int start = at + open, length = close - open - 1;
        if (places.Find(p => p.Start == start && p.Length == length) is { } same)
        {
            same.Faults.Add((number, edit.Faulty));
            return;
        }

        if (places.Exists(p => start < p.Start + p.Length && p.Start < start + length)) throw new InvalidOperationException($"the fault \"{name}\" overlaps another in {edit.File}");
        places.Add(new Place(start, length, [(number, edit.Faulty)]));
    }

    /// <summary>The same unless one of these faults is on. A single <c>true</c> or <c>false</c> keeps the variables that a pattern assigns assigned.</summary>
    private static string Schema(string original, List<(int Number, string Faulty)> faults)
    {
        static string On(int number) => string.Create(CultureInfo.InvariantCulture, $"{SwitchType}.{SwitchField} == {number}");
        if (original.EndsWith(';')) return string.Concat(faults.Select(f => $"if ({On(f.Number)}) {{ {f.Faulty} }} else ")) + $"{{ {original} }}";
        return faults switch
        {
            [(var number, "true")] => $"({On(number)} || ({original}))",
            [(var number, "false")] => $"(!({On(number)}) && ({original}))",
            _ => $"({string.Concat(faults.Select(f => $"{On(f.Number)} ? ({f.Faulty}) : "))}({original}))",
        };
    }
}

/// <summary>The program over another <c>Model</c>: its own copies of all assemblies that know it, these tests included.</summary>
internal sealed class MutatedProgram(byte[] model) : AssemblyLoadContext("mutated", isCollectible: true)
{
    private Assembly? loaded;

    protected override Assembly? Load(AssemblyName name)
    {
        if (name.Name == "Irekae.Model") return loaded ??= LoadFromStream(new MemoryStream(model));
        string path = Path.Combine(AppContext.BaseDirectory, name.Name + ".dll");
        return (name.Name == "irekae" || name.Name!.StartsWith("Irekae.", StringComparison.Ordinal)) && File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
