using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;
using Irekae.Codegen.Validation;

namespace Irekae.Checker.Cli;

/// <summary>The command line: one command per file; every failure ends as a message and an exit code, never as a trace.</summary>
public static class Cli
{
    private const string Description = "Irekae: exact worst-case timing of operating-system server replacement, proved for all runs.";

    public static string Version { get; } = typeof(Cli).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static int Run(IReadOnlyList<string> args, TextWriter stdout, TextWriter stderr) => Run(args, Terminal.Plain(stdout, stderr), CancellationToken.None);

    public static int Run(IReadOnlyList<string> args, Terminal terminal, CancellationToken cancel)
    {
        if (args is ["--version"])
        {
            terminal.Out.WriteLine($"irekae {Version}");
            return ExitCode.Proved;
        }
        try
        {
            return Invoke(args.Count == 0 ? ["--help"] : args, terminal, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            terminal.Error.WriteLine("interrupted: nothing is known yet");
            return ExitCode.Interrupted;
        }
        catch (MistakenDataException exception)
        {
            return Report(exception, terminal);
        }
        catch (IOException exception)
        {
            return Report(exception, terminal);
        }
        catch (Exception exception)
        {
            return Report(exception, terminal);
        }
    }

    internal static RootCommand Commands(Terminal terminal, CancellationToken cancel)
    {
        var root = new RootCommand(Description)
        {
            VerifyCommand.Create(terminal, cancel),
            TestCommand.Create(terminal, cancel),
            CheckCommand.Create(terminal),
            InitCommand.Create(terminal),
            FormatCommand.Create(terminal),
            LspCommand.Create(terminal, cancel),
            RunCommand.Create(terminal),
            TimelineCommand.Create(terminal, cancel),
            ReportCommand.Create(terminal, cancel),
            ExplainCommand.Create(terminal),
            ProveCommand.Create(terminal, cancel),
            CheckProofCommand.Create(terminal),
            SimulateCommand.Create(terminal, cancel),
            EmitCommand.Create(terminal),
            BenchCommand.Create(terminal, cancel),
            CalibrateCommand.Create(terminal, cancel),
            ValidateCommand.Create(terminal, cancel),
            ConformCommand.Create(terminal, cancel),
            AuditCommand.Create(terminal, cancel),
            CompletionCommand.Create(terminal),
        };
        root.Directives.Clear();
        root.Directives.Add(new SuggestDirective());
        if (root.Options.OfType<HelpOption>().FirstOrDefault() is { Action: HelpAction action } help)
        {
            action.MaxWidth = Terminal.DefaultWidth;
            help.Action = new HelpWithExamples(action);
            help.Description = "Show this, or the help of a command.";
        }
        if (root.Options.OfType<VersionOption>().FirstOrDefault() is { } version) version.Description = "Show the version.";
        return root;
    }

    private static int Invoke(IReadOnlyList<string> args, Terminal terminal, CancellationToken cancel)
    {
        var result = Commands(terminal, cancel).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Errors.Count > 0 && result.Action is ParseErrorAction)
        {
            foreach (string message in result.Errors.Select(error => error.Message).Distinct()) terminal.Error.WriteLine(message);
            terminal.Error.WriteLine($"Try 'irekae {CommandPath(result)}--help'.");
            return ExitCode.BadInput;
        }
        return result.Invoke(new InvocationConfiguration
        {
            Output = terminal.Out,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }

    private static string CommandPath(ParseResult result) =>
        result.CommandResult.Command is RootCommand ? "" : result.CommandResult.Command.Name + " ";

    private static int Report(MistakenDataException exception, Terminal terminal)
    {
        foreach (var mistake in exception.Mistakes) terminal.Error.WriteLine(mistake);
        return ExitCode.BadInput;
    }

    /// <summary>What is to be read or written at a place that the user has named says so itself: this is standard output, or the disk of temporary files.</summary>
    internal static int Report(IOException exception, Terminal terminal)
    {
        terminal.Error.WriteLine($"cannot read or write: {exception.Message}");
        return ExitCode.BadInput;
    }

    private static int Report(Exception exception, Terminal terminal)
    {
        terminal.Error.WriteLine($"irekae {Version} has failed: {exception.Message} ({exception.GetType().Name})");
        terminal.Error.WriteLine("This is a fault of the program, not of your specification. Please report it together with the");
        terminal.Error.WriteLine("specification, the command and the output of the same command with IREKAE_DEBUG=1 set.");
        if (Environment.GetEnvironmentVariable("IREKAE_DEBUG") == "1") terminal.Error.WriteLine(exception);
        return ExitCode.InternalError;
    }
}
