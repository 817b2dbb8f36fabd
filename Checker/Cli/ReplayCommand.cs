using Irekae.Model.Semantics;
using Irekae.Properties.Monitors;

namespace Irekae.Checker.Cli;

/// <summary><c>irekae run FILE --replay RUN</c>: a saved run once more, to the tick.</summary>
internal static class ReplayCommand
{
    public static int Show(SpecFile spec, string path, Terminal terminal)
    {
        try
        {
            var saved = SavedRun.Parse(File.ReadAllText(path));
            var (replay, property) = saved.Again(spec.FindSystem);
            switch (replay)
            {
                case Replay.Impossible no:
                    if (!no.Before.Steps.IsEmpty) RunCommand.WriteTable(no.Before, terminal);
                    return Refuse($"step {no.Step + 1} of {saved.Script.Steps.Length} is not possible: {no.Reason}");
                case Replay.Done { Run: var run }:
                    RunCommand.WriteTable(run, terminal);
                    if (property is not null) RunCommand.WriteJudgement(property, run, terminal);
                    foreach (var (step, violation) in Health.Of(run).Violations) terminal.Out.WriteLine($"move {step}: {violation.Text}");
                    terminal.Out.WriteLine(RunCommand.End(run, run.Steps.Length));
                    return SavedRun.Shown(run, property) is { } shown && saved.Value is { } value && shown != value
                        ? Refuse($"it shows {shown}, and {value} when it was saved: the specification has changed")
                        : ExitCode.Proved;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }
        catch (FormatException broken)
        {
            return Refuse(broken.Message);
        }
        catch (OverflowException)
        {
            return Refuse("its times are too long");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Refuse(unreadable.Message);
        }

        int Refuse(string reason)
        {
            terminal.Error.WriteLine($"{path}: {terminal.Signs(reason)}");
            return ExitCode.BadInput;
        }
    }
}
