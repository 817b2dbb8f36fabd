namespace Irekae.Tests.Link;

/// <summary>A rule that a translator could get wrong: the comparison has to tell each of them.</summary>
internal enum Mistake
{
    None,
    PreemptedToOtherEnd,
    ReadyToHead,
    SliceOfTheBlocked,
    SliceNotRefreshed,
    SwitchFree,
    SwitchInterrupted,
    PinsIgnored,
    OneOrder,
    WorkNotFirst,
    EndOfWorkPreempted,
    TurnNotAwaited,
    AwaitLooksAgain,
    UrgentIgnored,
    NotificationsNotMerged,
    InboxMovedToTheFront,
    CallersOfTheKilledForgotten,
    KillFreesMutexes,
    VariablesOfTheDeadStay,
    NoInheritance,
    NoCeiling,
    MutexToTheFirst,
    BacklogOneMore,
    NextJobKeepsTheCore,
    ResponseOfTheNextJob,
    MeasureTakenOnExit,
    GapLeftOpen,
    FaultNotSpent,
}
