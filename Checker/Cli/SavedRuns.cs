using Irekae.Checker.Explore;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Cli;

/// <summary>The folder of <c>--save-runs</c>: one file for each property with a run, called <c>spec.property.run</c>.</summary>
internal static class SavedRuns
{
    /// <summary>Why runs of these specifications cannot be saved there; null: they can.</summary>
    public static string? Refuse(string folder, IEnumerable<SpecFile> specs)
    {
        var twice = specs.GroupBy(spec => Path.GetFileNameWithoutExtension(spec.Path)).FirstOrDefault(same => same.Select(spec => spec.Path).Distinct().Count() > 1);
        if (twice is not null) return $"two specifications are called '{twice.Key}': save their runs in different folders";
        try
        {
            Directory.CreateDirectory(folder);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"runs cannot be saved in '{folder}': {exception.Message}";
        }
    }

    /// <exception cref="UnreplayableException">An error of this program: what was written does not run.</exception>
    public static void Write(string folder, FileResult one)
    {
        foreach (var result in one.Result!.Results.Where(result => result.Witness is not null))
        {
            var saved = SavedRun.Of(one.File.SystemOf(null), result);
            if (saved.Again(one.File.FindSystem).Replay is Replay.Impossible no) throw new UnreplayableException($"{result.Name}, step {no.Step}: {no.Reason}");
            File.WriteAllText(Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(one.File.Path)}.{result.Name}{SavedRun.Extension}"), saved.Text(one.File.Path));
        }
    }
}
