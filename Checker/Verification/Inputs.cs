using System.Text.Json;
using Irekae.Codegen.Validation;
using Irekae.Model;
using Irekae.Model.Syntax;

namespace Irekae.Checker.Verification;

/// <summary>
/// Data that a specification was made from: what its sources name, <c>from paper("Table 1", ant.replacement_time.without_send)</c>, and what a
/// calibration used, <c>from calibration("RECORD")</c> (beside the specification) or given on the command line.
/// </summary>
internal sealed class Inputs
{
    private readonly HashSet<string> names = [];

    public bool Has(Cell cell) => names.Contains(cell.Name) || names.Contains(cell.FullName);

    /// <summary>Null: a record cannot be read, and <paramref name="wrong"/> says which.</summary>
    public static Inputs? Of(Spec spec, string[] records, out string? wrong)
    {
        wrong = null;
        var inputs = new Inputs();
        var paths = new List<string>(records);
        foreach (var syntax in spec.Syntax.Files)
        {
            foreach (var origin in syntax.Items.SelectMany(Origins))
            {
                if (origin.Kind?.Text == "calibration")
                    paths.AddRange(origin.Arguments.Where(a => a.Quoted).Select(a => Path.Combine(Path.GetDirectoryName(syntax.Source.Path) ?? "", a.Text)));
                else inputs.names.UnionWith(origin.Arguments.Where(a => !a.Quoted).Select(a => a.Text));
            }
        }

        foreach (string path in paths)
        {
            try
            {
                using var record = JsonDocument.Parse(File.ReadAllText(path));
                foreach (var used in record.RootElement.GetProperty("used").EnumerateArray()) inputs.names.Add(used.GetProperty("cell").GetString()!);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
            {
                wrong = $"{path}: not the record of a calibration: {e.Message}";
                return null;
            }
        }

        return inputs;
    }

    private static IEnumerable<OriginSyntax> Origins(ItemSyntax item)
    {
        var own = item switch
        {
            ItemSyntax.Duration duration => duration.Origin,
            ItemSyntax.Constant constant => constant.Origin,
            ItemSyntax.Parameter parameter => parameter.Origin,
            _ => null,
        };
        var inside = item is ItemSyntax.Variant variant ? variant.Settings.OfType<SettingSyntax.Replace>().SelectMany(setting => Origins(setting.Item)) : [];
        return own is null ? inside : inside.Prepend(own);
    }
}
