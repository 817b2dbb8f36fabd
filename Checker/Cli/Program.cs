using System.Runtime.InteropServices;
using Irekae.Checker.Bounded;
using Irekae.Checker.Cli;

if (args is [SolverWorker.Command, var megabytes]) return SolverWorker.Run(Console.In, Console.Out, long.Parse(megabytes));

using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) => e.Cancel = Interrupt();
using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = Interrupt());

var terminal = Terminal.OfProcess();
int code = Cli.Run(args, terminal, cancellation.Token);
try
{
    terminal.Out.Flush();
}
catch (IOException exception)
{
    // Not that its reader has gone: the runtime keeps that to itself.
    return Cli.Report(exception, terminal);
}

return code;

// The first signal asks for what is known so far; a second one ends the process.
bool Interrupt()
{
    if (cancellation.IsCancellationRequested) return false;
    cancellation.Cancel();
    return true;
}
