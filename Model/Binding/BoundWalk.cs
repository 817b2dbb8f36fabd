namespace Irekae.Model.Binding;

/// <summary>Walking over bound statements and over the times of a system.</summary>
public static class BoundWalk
{
    /// <summary>The statements directly inside, handlers' bodies included.</summary>
    public static IEnumerable<BoundStatement> Children(this BoundStatement statement) => statement switch
    {
        BoundStatement.Block s => s.Statements,
        BoundStatement.Call { Refused: { } refused } => [refused],
        BoundStatement.Receive s => s.Handlers.Select(h => h.Body),
        BoundStatement.Choose s => s.Alternatives,
        BoundStatement.If { Else: { } otherwise } s => [s.Then, otherwise],
        BoundStatement.If s => [s.Then],
        BoundStatement.Repeat s => [s.Body],
        BoundStatement.Loop s => [s.Body],
        BoundStatement.MeasureBlock s => [s.Body],
        BoundStatement.Lock s => [s.Body],
        BoundStatement.NonPreemptive s => [s.Body],
        _ => [],
    };

    /// <summary>The statement and everything inside, in source order.</summary>
    public static IEnumerable<BoundStatement> WithDescendants(this BoundStatement statement)
    {
        yield return statement;
        foreach (var child in statement.Children())
            foreach (var inner in child.WithDescendants())
                yield return inner;
    }

    /// <summary>Every end of every interval a timer can begin in: of parameters, slices, switches, activations, statements.</summary>
    public static IEnumerable<AffineTime> Times(this BoundSystem system) =>
        system.Intervals().SelectMany(interval => interval.High is { } high ? new[] { interval.Low, high } : [interval.Low]);

    private static IEnumerable<Interval> Intervals(this BoundSystem system)
    {
        foreach (var parameter in system.Parameters) yield return parameter.Range;
        if (system.Machine.Quantum is { } quantum) yield return quantum;
        if (system.Machine.Switch is { } change) yield return change;
        foreach (var actor in system.Actors)
        {
            if (actor.Quantum is { } own) yield return own;
            if (actor.Activation is { } activation)
            {
                yield return activation.Separation;
                yield return activation.Offset;
                if (activation.Jitter is { } jitter) yield return jitter;
            }

            foreach (var statement in actor.Body.WithDescendants())
            {
                if (statement is BoundStatement.Run run) yield return run.Duration;
                if (statement is BoundStatement.Wait wait) yield return wait.Duration;
            }
        }
    }
}
