using System.Diagnostics;
using Irekae.Model.Binding;

namespace Irekae.Tests.Link;

/// <summary>Expressions, and questions to the system.</summary>
internal sealed partial class Translator
{
    public bool Holds(BoundExpression condition, World world) => Value(condition, world) != 0;

    private long Value(BoundExpression expression, World world) => expression switch
    {
        BoundExpression.Literal e => e.Value,
        BoundExpression.Read e => world.Data[e.Variable.Index],
        BoundExpression.ReadBound e => world.Bound[e.Endpoint.Index] is >= 0 and var actor && e.ByActor[actor] is { } variable ? world.Data[variable.Index] : int.MinValue,
        BoundExpression.Unary { Operator: UnaryOperator.Not } e => Of(!Holds(e.Operand, world)),
        BoundExpression.Unary { Operator: UnaryOperator.Negate } e => -Value(e.Operand, world),
        BoundExpression.Binary { Operator: BinaryOperator.Or } e => Of(Holds(e.Left, world) || Holds(e.Right, world)),
        BoundExpression.Binary { Operator: BinaryOperator.And } e => Of(Holds(e.Left, world) && Holds(e.Right, world)),
        BoundExpression.Binary e => Value(e.Operator, Value(e.Left, world), Value(e.Right, world)),
        BoundExpression.Alive e => Of(IsAlive(world, e.Actor.Index)),
        BoundExpression.CountAlive e => e.Actors.Count(a => IsAlive(world, a.Index)),
        BoundExpression.CountBound e => Of(world.Bound[e.Endpoint.Index] is >= 0 and var actor && IsAlive(world, actor)),
        BoundExpression.IsBoundTo e => Of(world.Bound[e.Endpoint.Index] == e.Actor.Index),
        BoundExpression.Waiting e => world[e.Actor.Index].Inbox.Count,
        BoundExpression.Running e => Of(world.CoreOf(e.Actor.Index) >= 0),
        BoundExpression.Blocked e => Of(world[e.Actor.Index].Act is Act.Call or Act.Lock or Act.Await),
        BoundExpression.Holds e => Of(world.Owners[e.Mutex.Index] == e.Actor.Index),
        _ => throw new UnreachableException(expression.GetType().Name),
    };

    private static long Value(BinaryOperator operation, long left, long right) => operation switch
    {
        BinaryOperator.Equal => Of(left == right),
        BinaryOperator.NotEqual => Of(left != right),
        BinaryOperator.Less => Of(left < right),
        BinaryOperator.LessOrEqual => Of(left <= right),
        BinaryOperator.Greater => Of(left > right),
        BinaryOperator.GreaterOrEqual => Of(left >= right),
        BinaryOperator.Add => left + right,
        BinaryOperator.Subtract => left - right,
        BinaryOperator.Multiply => left * right,
        _ => throw new UnreachableException(operation.ToString()),
    };

    private static long Of(bool value) => value ? 1 : 0;

    private static bool Fits(DataType type, long value) => type switch
    {
        DataType.Bool => value is 0 or 1,
        DataType.Range r => r.Low <= value && value <= r.High,
        DataType.Token t => 0 <= value && value < t.Values.Length,
        _ => throw new UnreachableException(type.GetType().Name),
    };
}
