using Irekae.Codegen.Running;
using Irekae.Model;
using Irekae.Model.Binding;

namespace Irekae.Checker.Bounded.Calibration;

/// <summary>What a measurement was made on: its experiment's system, or that of its variant, or of the one that was chosen.</summary>
internal static class MeasuredSystem
{
    /// <param name="spec">Without errors.</param>
    public static BoundSystem Of(Spec spec, string? chosen, Measurement measured)
    {
        var experiment = ExperimentOf(spec, chosen, measured);
        return Protocol.SystemOf(Variant(spec, VariantOf(chosen, measured, experiment)), experiment);
    }

    /// <summary>Whether that is the system of a variant, or the one as it stands (null), with everybody in it.</summary>
    public static bool IsWhole(Spec spec, string? chosen, Measurement measured, string? variant) =>
        ExperimentOf(spec, chosen, measured) is var experiment && (experiment is null || experiment.Without.IsEmpty) && VariantOf(chosen, measured, experiment) == variant;

    private static string? VariantOf(string? chosen, Measurement measured, Experiment? experiment) => measured.Variant ?? experiment?.Variant ?? chosen;

    /// <summary>Null: none is named.</summary>
    public static Experiment? ExperimentOf(Spec spec, string? chosen, Measurement measured)
    {
        if (spec.System!.Experiments.FirstOrDefault(one => one.Name == measured.Experiment) is not { } declared) return null;
        return Variant(spec, measured.Variant ?? declared.Variant ?? chosen).Experiments[declared.Index];
    }

    private static BoundSystem Variant(Spec spec, string? variant) => (variant is null ? spec.System : spec.ForVariant(variant))!;
}
