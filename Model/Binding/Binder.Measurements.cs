using System.Collections.Immutable;
using Irekae.Model.Syntax;

namespace Irekae.Model.Binding;

/// <summary>Which quantities were measured, and by which names data know them.</summary>
internal sealed partial class Binder
{
    private ImmutableArray<Measurement> BindMeasurements()
    {
        var cells = new Dictionary<string, ReferenceSyntax>();
        var measurements = ImmutableArray.CreateBuilder<Measurement>();
        foreach (var item in Items<ItemSyntax.Measured>())
        {
            bool named = !item.Cell.IsMissing && item.Cell.Names.Length == 3;
            if (!named && !item.Cell.IsMissing) diagnostics.ReportMeasuredName(item.Cell.Span, item.Cell.Text);
            if (named && !cells.TryAdd(item.Cell.Text, item.Cell))
                diagnostics.ReportDuplicateName(item.Cell.Span, item.Cell.Text, cells[item.Cell.Text].Span);
            var quantity = BindQuantity(item.Quantity);
            var beyond = item.Beyond is null ? ZeroTime : BindPoint(item.Beyond);
            string? place = BindVariantName(item.In);
            string? during = item.During is { IsMissing: false } name ? name.Text : null;
            if (during is not null && experimentItems.TryGetValue(during, out var repeated)) names.Link(item.During!, repeated.Name);
            else if (during is not null)
                ReportUnknown(item.During!, "an experiment", experimentItems.Keys, $"declare it: `experiment {during} {{ trials 5; }}`");
            if (named && quantity is not null && beyond is not null)
                measurements.Add(new Measurement(measurements.Count, item.Cell.Text, quantity, item.Total, beyond, place, during, item.Span));
        }

        return measurements.ToImmutable();
    }

    /// <summary>What stands after <c>in</c>; null: nothing, or it has a diagnostic.</summary>
    private string? BindVariantName(NameSyntax? name)
    {
        if (name is null || name.IsMissing) return null;
        if (variants.TryGetValue(name.Text, out var meant))
        {
            names.Link(name, meant.Name);
            return name.Text;
        }
        ReportUnknown(name, "a variant", variants.Keys, $"declare it: `variant {name.Text} {{ … }}`");
        return null;
    }
}
