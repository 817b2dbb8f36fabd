using Irekae.Model;
using Irekae.Model.Diagnostics;

namespace Irekae.Properties.Running;

/// <summary>A specification has errors; the message is its diagnostics as a reader of the command line sees them, and there is no trace to read past.</summary>
public sealed class SpecErrorException : ExplainedException
{
    private SpecErrorException(string message) : base(message)
    {
    }

    public static void ThrowIfErrors(Spec spec)
    {
        if (!spec.HasErrors) return;
        var errors = spec.Diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error).ToList();
        throw new SpecErrorException($"the specification has {errors.Count} error{(errors.Count == 1 ? "" : "s")}\n{DiagnosticRenderer.Render(errors)}".TrimEnd());
    }
}
