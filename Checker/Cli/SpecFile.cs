using System.CommandLine;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Diagnostics;

namespace Irekae.Checker.Cli;

/// <summary>A specification named on the command line, loaded.</summary>
internal sealed record SpecFile(string Path, Spec Spec)
{
    public bool HasErrors => Spec.Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error);

    /// <summary>The system of a variant, or as it stands. Only of a file without errors.</summary>
    public BoundSystem SystemOf(string? variant) => (variant is null ? Spec.System : Spec.ForVariant(variant))!;

    public static SpecFile Load(string path) => new(path, Spec.Load(path));

    public void WriteDiagnostics(Terminal terminal)
    {
        foreach (var diagnostic in Spec.Diagnostics) DiagnosticText.Write(diagnostic, terminal.Error, terminal);
    }

    public static Argument<string[]> Several() => new("FILE")
    {
        Description = "Specifications (.irk).",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Argument<string> One() => new("FILE") { Description = "A specification (.irk)." };
}
