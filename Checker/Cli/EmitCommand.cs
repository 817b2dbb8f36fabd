using System.CommandLine;
using Irekae.Codegen.Emit;
using Irekae.Codegen.Running;
using Irekae.Model.Binding;

namespace Irekae.Checker.Cli;

/// <summary><c>irekae emit FILE</c>: the simulator of a specification as C#.</summary>
internal static class EmitCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = SpecFile.One();
        var experiment = new Option<string?>("--experiment", "-e") { Description = "The simulator of this experiment: without whom it leaves out, drawing as it says.", HelpName = "NAME" };
        var output = new Option<string?>("--output", "-o") { Description = "Write into this folder; without it the simulator goes to standard output.", HelpName = "DIR" };
        var project = new Option<bool>("--project") { Description = "A whole project that runs with 'dotnet run' and needs nothing of this program." };
        var command = new Command("emit", "Write the simulator of a specification as C#.") { file, experiment, output, project };
        command.SetAction(result =>
        {
            var spec = SpecFile.Load(result.GetRequiredValue(file));
            spec.WriteDiagnostics(terminal);
            if (spec.HasErrors) return ExitCode.BadInput;
            if (result.GetValue(project) && result.GetValue(output) is null)
            {
                terminal.Error.WriteLine("--project needs --output DIR: where the project goes");
                return ExitCode.BadInput;
            }
            Experiment? chosen = null;
            if (result.GetValue(experiment) is { } name)
            {
                chosen = spec.SystemOf(null).Experiments.FirstOrDefault(one => one.Name == name);
                if (chosen is null)
                {
                    terminal.Error.WriteLine($"no experiment is called '{name}'");
                    return ExitCode.BadInput;
                }
                chosen = spec.SystemOf(chosen.Variant).Experiments[chosen.Index];
            }
            var protocol = Protocol.Of(spec.SystemOf(chosen?.Variant), chosen, seed: 1);
            var emitted = protocol.Simulator.Emitted;
            if (result.GetValue(output) is not { } folder)
            {
                terminal.Out.Write(emitted.Text);
                return ExitCode.Proved;
            }
            return Write(folder, result.GetValue(project) ? [.. EmittedProject.Of(protocol)] : [($"{emitted.ClassName}.cs", emitted.Text)], terminal);
        });
        return command;
    }

    private static int Write(string folder, (string Path, string Text)[] files, Terminal terminal)
    {
        try
        {
            foreach (var (path, text) in files)
            {
                string whole = Path.Combine(folder, path);
                Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
                File.WriteAllText(whole, text);
            }
            terminal.Error.WriteLine($"{files.Length} file{(files.Length == 1 ? "" : "s")} in {folder}");
            return ExitCode.Proved;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            terminal.Error.WriteLine($"cannot write to '{folder}': {exception.Message}");
            return ExitCode.BadInput;
        }
    }
}
