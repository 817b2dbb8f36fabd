namespace Irekae.Properties.Generators;

/// <summary>What kind of systems to draw. Shares are percent of the systems (of the places, for statements).</summary>
public sealed record Profile
{
    /// <summary>Everything the language has, a few actors each.</summary>
    public static Profile Whole { get; } = new();

    /// <summary>Times of a few units, no open intervals that matter, so that all runs over whole instants can be enumerated.</summary>
    public static Profile Tiny { get; } = new()
    {
        LargestTime = 3,
        Processes = 2,
        Servers = 1,
        Statements = 2,
        Depth = 1,
        AfterAnyTime = 15,
        Parameters = 0,
        Sporadic = 10,
        Loops = 25,
    };

    /// <summary>Nothing is ever lost: no faults, kills, drops or refusals, inboxes that do not overflow.</summary>
    public static Profile Faithful { get; } = new() { Faults = 0, Replacement = 0, SmallInbox = 0, Exit = 0 };

    /// <summary>Jobs that share mutexes on one core, and do nothing else.</summary>
    public static Profile Sharing { get; } = new()
    {
        LeastProcesses = 3,
        Processes = 4,
        Servers = 0,
        Devices = 0,
        Replacement = 0,
        Faults = 0,
        Data = 0,
        NonPreemptive = 0,
        Exit = 0,
        Parameters = 0,
        SeveralCores = 0,
        Switch = 0,
        Mutexes = 100,
        Waits = 0,
        LockWeight = 40,
        PriorityWeight = 0,
        Jobs = 60,
        AfterAnyTime = 20,
        Chains = 35,
    };

    /// <summary>A server is replaced, and later the old one is put in place again.</summary>
    public static Profile ThereAndBack { get; } = new() { Replacement = 100, Again = 100, PriorityWeight = 8, Data = 100, ServerState = 100 };

    /// <summary>Many messages with data in them, small inboxes, and a server that is replaced meanwhile.</summary>
    public static Profile Busy { get; } = new()
    {
        Replacement = 100,
        Servers = 1,
        LeastProcesses = 3,
        Processes = 4,
        AfterAnyTime = 10,
        Mutexes = 10,
        SmallInbox = 50,
        Data = 100,
        MessageWeight = 60,
        ValueWeight = 4,
        Arguments = 60,
        ServerState = 60,
    };

    /// <summary>Every duration is a point: all instants of all runs are whole.</summary>
    public bool Points { get; init; }

    public int LargestTime { get; init; } = 6;

    /// <summary>At most.</summary>
    public int Processes { get; init; } = 3;

    /// <summary>At most, the one that is replaced not counted.</summary>
    public int Servers { get; init; } = 2;

    /// <summary>At most, in one block.</summary>
    public int Statements { get; init; } = 3;

    /// <summary>Blocks within blocks, at most.</summary>
    public int Depth { get; init; } = 2;

    public int SeveralCores { get; init; } = 35;

    public int Slices { get; init; } = 40;

    public int Switch { get; init; } = 12;

    public int Parameters { get; init; } = 15;

    public int Data { get; init; } = 50;

    public int Mutexes { get; init; } = 35;

    public int Devices { get; init; } = 20;

    public int Replacement { get; init; } = 35;

    public int Faults { get; init; } = 20;

    public int AfterAnyTime { get; init; } = 40;

    public int Jobs { get; init; } = 35;

    public int Sporadic { get; init; } = 30;

    public int Loops { get; init; } = 25;

    /// <summary>Processes that repeat their whole body a few times.</summary>
    public int Repeats { get; init; } = 20;

    /// <summary>Rounds of such a process.</summary>
    public (int Least, int Most) Rounds { get; init; } = (2, 3);

    public int SmallInbox { get; init; } = 20;

    public int Exit { get; init; } = 4;

    public int NonPreemptive { get; init; } = 8;

    /// <summary>At least; with a replacement one less.</summary>
    public int LeastProcesses { get; init; } = 1;

    /// <summary>Of the plain statements, those that wait instead of working.</summary>
    public int Waits { get; init; } = 25;

    /// <summary>Of replacements, those that are undone later by another one.</summary>
    public int Again { get; init; }

    /// <summary>Weight of sections with a mutex among the statements, where there is one.</summary>
    public int LockWeight { get; init; } = 8;

    /// <summary>Weight of statements that set the priority.</summary>
    public int PriorityWeight { get; init; } = 1;

    /// <summary>Weight of calls and sends among the statements, where there is somebody to send to.</summary>
    public int MessageWeight { get; init; } = 18;

    /// <summary>Weight of handlers whose answer carries a value, beside 5 of those whose does not. Above 1 some answer with a literal.</summary>
    public int ValueWeight { get; init; } = 1;

    /// <summary>Of handlers that may have an argument, those that have one.</summary>
    public int Arguments { get; init; } = 15;

    /// <summary>Of replaced servers, those with data of their own.</summary>
    public int ServerState { get; init; }

    /// <summary>Of systems, those with two mutexes that lend priorities and are taken in the order in which they are not declared.</summary>
    public int Chains { get; init; }
}
