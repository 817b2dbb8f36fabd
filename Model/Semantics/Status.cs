namespace Irekae.Model.Semantics;

/// <summary>What an actor is at, or waits for. The second number of <see cref="EventKind.Blocks"/>.</summary>
public enum Status
{
    /// <summary>No job, or not started.</summary>
    Idle = 0,

    /// <summary>Ready or on a core; a device: about to act.</summary>
    Runnable = 1,

    /// <summary>Waits for the answer to a call.</summary>
    InCall = 2,

    /// <summary>Waits for a mutex.</summary>
    InLock = 3,

    /// <summary>Waits for a condition.</summary>
    InAwait = 4,

    /// <summary>Waits for a message.</summary>
    InReceive = 5,

    /// <summary>Waits for time to pass.</summary>
    Timed = 6,
}
