namespace Irekae.Model.Syntax;

/// <summary>
/// The words of the language. Only <see cref="Reserved"/> ones cannot be names; the others have their meaning where a construct may begin with
/// them, and a statement that begins with one followed by '=' or '.' is about a variable of that name.
/// </summary>
public static class Words
{
    public static IReadOnlyList<string> Reserved { get; } = ["true", "false", "nobody", "forever", "if", "else"];

    public static IReadOnlyList<string> Items { get; } =
    [
        "system", "import", "machine", "duration", "const", "parameter", "token", "shared", "mutex", "endpoint", "process", "server", "device",
        "fault", "variant", "property", "measured", "experiment",
    ];

    public static IReadOnlyList<string> Settings { get; } = ["duration", "const", "machine", "mutex", "parameter"];

    public static IReadOnlyList<string> Statements { get; } =
    [
        "run", "wait", "after", "await", "call", "send", "notify", "reply", "receive", "spawn", "start", "kill", "bind", "choose", "if", "repeat",
        "loop", "measure", "mark", "lock", "nonpreemptive", "priority", "assert", "exit",
    ];

    public static IReadOnlyList<string> Members { get; } = ["var", "init", "on"];

    public static IReadOnlyList<string> Attributes { get; } =
    [
        "at", "on core", "nonpreemptive", "quantum", "periodic", "sporadic", "offset", "jitter", "deadline", "backlog", "inbox", "instances",
    ];

    public static IReadOnlyList<string> MachineRules { get; } = ["cores", "scheduler", "ties", "switch"];

    public static IReadOnlyList<string> SchedulerRules { get; } = ["quantum", "preempted", "slice"];

    public static IReadOnlyList<string> ExperimentRules { get; } = ["trials", "until", "any time", "without", "observe", "draw", "under", "in"];

    public static IReadOnlyList<string> Distributions { get; } = ["at", "triangular", "normal", "empirical"];

    public static IReadOnlyList<string> Questions { get; } = ["max", "min", "always", "never", "reachable", "after", "every"];

    public static IReadOnlyList<string> Queries { get; } = ["alive", "count", "waiting", "running", "blocked", "bound", "holder"];
}
