using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Semantics.Program;

namespace Irekae.Model.Semantics;

/// <summary>Values of expressions in a configuration, and who waits there.</summary>
public sealed partial class TransitionSystem
{
    private int Evaluate(BoundExpression expression, int[] cells) => expression switch
    {
        BoundExpression.Literal e => e.Value,
        BoundExpression.Read e => cells[layout.Variables + e.Variable.Index],
        BoundExpression.ReadBound e => ReadBound(e, cells),
        BoundExpression.Unary { Operator: UnaryOperator.Not } e => Evaluate(e.Operand, cells) == 0 ? 1 : 0,
        BoundExpression.Unary e => checked(-Evaluate(e.Operand, cells)),
        BoundExpression.Binary e => Binary(e, cells),
        BoundExpression.Alive e => IsAlive(e.Actor.Index, cells) ? 1 : 0,
        BoundExpression.CountAlive e => e.Actors.Count(a => IsAlive(a.Index, cells)),
        BoundExpression.CountBound e => cells[layout.Bindings + e.Endpoint.Index] is var a && a > 0 && IsAlive(a - 1, cells) ? 1 : 0,
        BoundExpression.IsBoundTo e => cells[layout.Bindings + e.Endpoint.Index] == e.Actor.Index + 1 ? 1 : 0,
        BoundExpression.Waiting e => cells[layout.Of(e.Actor.Index, Layout.InboxCount)],
        BoundExpression.Running e => cells.AsSpan(layout.Running, System.Machine.Cores).Contains(e.Actor.Index + 1) ? 1 : 0,
        BoundExpression.Blocked e => StatusOf(e.Actor.Index, cells) is Status.InCall or Status.InLock or Status.InAwait ? 1 : 0,
        BoundExpression.Holds e => cells[layout.Owners + e.Mutex.Index] == e.Actor.Index + 1 ? 1 : 0,
        _ => throw new System.Diagnostics.UnreachableException(expression.GetType().Name),
    };

    private int Binary(BoundExpression.Binary e, int[] cells)
    {
        int left = Evaluate(e.Left, cells);
        switch (e.Operator)
        {
            case BinaryOperator.Or when left != 0:
                return 1;
            case BinaryOperator.And when left == 0:
                return 0;
        }

        int right = Evaluate(e.Right, cells);
        bool Is(bool value) => value;
        return e.Operator switch
        {
            BinaryOperator.Or or BinaryOperator.And => right != 0 ? 1 : 0,
            BinaryOperator.Equal => Is(left == right) ? 1 : 0,
            BinaryOperator.NotEqual => left != right ? 1 : 0,
            BinaryOperator.Less => left < right ? 1 : 0,
            BinaryOperator.LessOrEqual => left <= right ? 1 : 0,
            BinaryOperator.Greater => left > right ? 1 : 0,
            BinaryOperator.GreaterOrEqual => left >= right ? 1 : 0,
            BinaryOperator.Add => checked(left + right),
            BinaryOperator.Subtract => checked(left - right),
            BinaryOperator.Multiply => checked(left * right),
        };
    }

    private int ReadBound(BoundExpression.ReadBound e, int[] cells)
    {
        int actor = cells[layout.Bindings + e.Endpoint.Index] - 1;
        return actor >= 0 && e.ByActor[actor] is { } variable ? cells[layout.Variables + variable.Index] : int.MinValue;
    }

    private bool IsAlive(int actor, int[] cells) => cells[layout.Of(actor, Layout.Life)] is (int)Life.Active or (int)Life.Spawned;

    private Status StatusOf(int actor, int[] cells) => (Status)cells[layout.Of(actor, Layout.Status)];

    /// <summary>The effective priority of a process: its own, a ceiling, or what it inherits. 0 is most urgent.</summary>
    public int PriorityOf(Configuration configuration, int actor) => configuration.Cells[layout.Of(actor, Layout.Effective)];

    /// <summary>Nothing can act here and these actors still wait: for an answer, a lock, a condition or a message that cannot come (a server or device that waits for requests is at rest, not waiting).</summary>
    public ImmutableArray<int> Waiting(Configuration configuration) =>
        [.. System.Actors.Where(a => StatusOf(a.Index, configuration.Cells) switch
        {
            Status.InCall or Status.InLock or Status.InAwait => true,
            Status.InReceive => WaitsForOneMessage(a.Index, configuration.Cells[layout.Of(a.Index, Layout.Pc)]),
            _ => false,
        }).Select(a => a.Index)];

    /// <summary>
    /// Whether who waits for a message at this place of its body is not at rest: a process, and a server that waits for a particular message, at its
    /// beginning or inside a handler: not for any request, as it does for ever after its <c>init</c>.
    /// </summary>
    internal bool WaitsForOneMessage(int actor, int place) =>
        code[actor][place].Op == Op.Receive
        && (System.Actors[actor].Kind == ActorKind.Process
            || !(System.Actors[actor].Body is BoundStatement.Block { Statements: [.., BoundStatement.Loop requests] } && ReferenceEquals(requests.Body, code[actor][place].Statement)));
}
