using System.CommandLine;
using System.CommandLine.Parsing;
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

    /// <summary>The same; null if there is no such variant.</summary>
    public BoundSystem? FindSystem(string? variant) => variant is null ? Spec.System : Spec.ForVariant(variant);

    public static SpecFile Load(string path) => new(path, Spec.Load(path));

    public void WriteDiagnostics(Terminal terminal) => DiagnosticText.Write(Spec.Diagnostics, terminal);

    public static Argument<string[]> Several()
    {
        var files = new Argument<string[]>("FILE") { Description = "Specifications (.irk).", Arity = ArgumentArity.OneOrMore };
        files.Validators.Add(RefuseOptions);
        return files;
    }

    public static Argument<string> One()
    {
        var file = new Argument<string>("FILE") { Description = "A specification (.irk)." };
        file.Validators.Add(RefuseOptions);
        return file;
    }

    private static void RefuseOptions(ArgumentResult result) => RefuseOptions(result, null);

    /// <summary>A misspelt option is not a file.</summary>
    /// <param name="meant">What is no option either, though it begins like one.</param>
    public static void RefuseOptions(ArgumentResult result, string? meant)
    {
        foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-') && token.Value != meant))
            result.AddError($"there is no option '{token.Value}' (a file of that name is written ./{token.Value})");
    }
}
