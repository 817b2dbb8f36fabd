namespace Irekae.Model.Binding;

/// <summary>Walking over bound statements.</summary>
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
}
