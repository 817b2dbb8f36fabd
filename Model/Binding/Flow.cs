using System.Diagnostics;

namespace Irekae.Model.Binding;

/// <summary>
/// Where control can go, over all paths of the text (conditions are taken to go either way).
/// </summary>
internal static class Flow
{
    /// <summary>Some path reaches the end of the statement.</summary>
    public static bool CanEnd(BoundStatement statement) => statement switch
    {
        BoundStatement.Block block => block.Statements.All(CanEnd),
        BoundStatement.Choose choose => choose.Alternatives.Any(CanEnd),
        BoundStatement.If branch => branch.Else is null || CanEnd(branch.Then) || CanEnd(branch.Else),
        BoundStatement.Repeat repeat => repeat.Count == 0 || CanEnd(repeat.Body),
        BoundStatement.Loop or BoundStatement.Exit => false,
        BoundStatement.Receive receive => receive.Handlers.Any(handler => CanEnd(handler.Body)),
        BoundStatement.MeasureBlock measure => CanEnd(measure.Body),
        BoundStatement.Lock locked => CanEnd(locked.Body),
        BoundStatement.NonPreemptive section => CanEnd(section.Body),
        _ => true,
    };

    /// <summary>Some path reaches the end without time passing for certain and without waiting for anybody.</summary>
    public static bool CanEndAtOnce(BoundStatement statement) => statement switch
    {
        BoundStatement.Block block => block.Statements.All(CanEndAtOnce),
        BoundStatement.Run run => CanBeZero(run.Duration),
        BoundStatement.Wait wait => CanBeZero(wait.Duration),
        BoundStatement.AfterAnyTime or BoundStatement.Await or BoundStatement.Call or BoundStatement.Receive => false,
        BoundStatement.Choose choose => choose.Alternatives.Any(CanEndAtOnce),
        BoundStatement.If branch => branch.Else is null || CanEndAtOnce(branch.Then) || CanEndAtOnce(branch.Else),
        BoundStatement.Repeat repeat => repeat.Count == 0 || CanEndAtOnce(repeat.Body),
        BoundStatement.Loop or BoundStatement.Exit => false,
        BoundStatement.MeasureBlock measure => CanEndAtOnce(measure.Body),
        BoundStatement.Lock locked => CanEndAtOnce(locked.Body),
        BoundStatement.NonPreemptive section => CanEndAtOnce(section.Body),
        _ => true,
    };

    private static bool CanBeZero(Interval duration) => AffineArithmetic.Least(duration.Low).Sign <= 0;

    /// <summary>Whether the caller of a handler has its answer; a set, for there are many paths.</summary>
    [Flags]
    public enum Answered { Unreached = 0, No = 1, Yes = 2 }

    /// <summary>
    /// The states possible at the end of the statement, from those possible at its beginning. <paramref name="again"/> is told each reply
    /// that comes when every path has already answered. Replies inside a nested <c>receive</c> answer somebody else.
    /// </summary>
    public static Answered Answers(BoundStatement statement, Answered before, Action<BoundStatement> again)
    {
        if (before == Answered.Unreached) return before;
        switch (statement)
        {
            case BoundStatement.Reply:
                if (before == Answered.Yes) again(statement);
                return Answered.Yes;
            case BoundStatement.Block block:
                return block.Statements.Aggregate(before, (state, inner) => Answers(inner, state, again));
            case BoundStatement.Choose choose:
                return choose.Alternatives.Aggregate(Answered.Unreached, (state, inner) => state | Answers(inner, before, again));
            case BoundStatement.If branch:
                return Answers(branch.Then, before, again) | (branch.Else is null ? before : Answers(branch.Else, before, again));
            case BoundStatement.Call { Refused: { } refused }:
                return before | Answers(refused, before, again);
            case BoundStatement.Repeat { Count: 0 }:
                return before;
            case BoundStatement.Repeat repeat:
                return Answers(repeat.Body, before, again);
            case BoundStatement.Loop loop:
                Answers(loop.Body, before, again);
                return Answered.Unreached;
            case BoundStatement.Exit:
                return Answered.Unreached;
            case BoundStatement.Receive when !CanEnd(statement):
                return Answered.Unreached;
            case BoundStatement.MeasureBlock measure:
                return Answers(measure.Body, before, again);
            case BoundStatement.Lock locked:
                return Answers(locked.Body, before, again);
            case BoundStatement.NonPreemptive section:
                return Answers(section.Body, before, again);
            default:
                return before;
        }
    }
}
