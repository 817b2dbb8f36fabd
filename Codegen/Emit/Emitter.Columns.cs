using System.Numerics;
using Irekae.Model.Binding;

namespace Irekae.Codegen.Emit;

/// <summary>Columns of measured values that durations are drawn from: numbers in the text, so that the simulator needs no file.</summary>
internal sealed partial class Emitter
{
    private const int PerLine = 16;

    /// <summary>The class with the values, and how many of its units are a nanosecond.</summary>
    private readonly Dictionary<DrawRule, (string Name, BigInteger Unit)> columns = new(ReferenceEqualityComparer.Instance);

    private void NameColumns()
    {
        foreach (var rule in durations.Columns) columns.Add(rule, ($"Column{columns.Count}", durations.ValuesOf(rule).Unit));
    }

    private void Columns()
    {
        foreach (var (rule, (name, unit)) in columns)
        {
            var values = durations.ValuesOf((DrawRule.Empirical)rule).Values;
            c.Summary($"{((DrawRule.Empirical)rule).What}: {values.Sum(one => one.Count)} measured values, {unit} to a nanosecond, and how many rows have one up to each.");
            c.Open($"protected static class {name}");
            long rows = 0;
            Numbers("Values", values.Select(one => (one.Value * unit).Numerator.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            c.Line();
            Numbers("UpTo", values.Select(one => CodeText.Number(rows += one.Count)));
            c.Close();
            c.Line();
        }
    }

    private void Numbers(string name, IEnumerable<string> numbers)
    {
        c.Line($"public static ReadOnlySpan<long> {name} =>");
        c.Under("[");
        foreach (string[] line in numbers.Chunk(PerLine)) c.Line(string.Join(", ", line) + ",");
        c.Back();
        c.Line("];");
    }
}
