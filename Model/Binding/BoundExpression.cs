using System.Collections.Immutable;

namespace Irekae.Model.Binding;

public enum BinaryOperator { Or, And, Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, Add, Subtract, Multiply }

public enum UnaryOperator { Not, Negate }

/// <summary>An expression over finite data. Booleans are 0 and 1, tokens their position.</summary>
public abstract record BoundExpression
{
    public sealed record Literal(int Value) : BoundExpression;

    public sealed record Read(Variable Variable) : BoundExpression;

    /// <summary>
    /// The variable of whoever the endpoint is bound to: <c>bound(nic_driver).kept</c>. One variable for each actor that can be bound, by actor
    /// index (null elsewhere). With the endpoint unbound its value is int.MinValue, equal to no value of any type.
    /// </summary>
    public sealed record ReadBound(Endpoint Endpoint, ImmutableArray<Variable?> ByActor) : BoundExpression;

    public sealed record Unary(UnaryOperator Operator, BoundExpression Operand) : BoundExpression;

    public sealed record Binary(BinaryOperator Operator, BoundExpression Left, BoundExpression Right) : BoundExpression;

    /// <summary><c>alive(P)</c>: spawned and neither ended nor killed.</summary>
    public sealed record Alive(Actor Actor) : BoundExpression;

    /// <summary><c>count(server)</c>: how many of these are alive.</summary>
    public sealed record CountAlive(ImmutableArray<Actor> Actors) : BoundExpression;

    /// <summary><c>count(endpoint)</c>: 1 when bound to someone alive, else 0.</summary>
    public sealed record CountBound(Endpoint Endpoint) : BoundExpression;

    /// <summary><c>bound(E) == P</c>.</summary>
    public sealed record IsBoundTo(Endpoint Endpoint, Actor Actor) : BoundExpression;

    /// <summary><c>waiting(P)</c>: messages in its inbox.</summary>
    public sealed record Waiting(Actor Actor) : BoundExpression;

    /// <summary><c>running(P)</c>: holds a core.</summary>
    public sealed record Running(Actor Actor) : BoundExpression;

    /// <summary><c>blocked(P)</c>: alive, and in a call, a lock or an await that has not ended.</summary>
    public sealed record Blocked(Actor Actor) : BoundExpression;

    /// <summary><c>holder(m) == P</c>.</summary>
    public sealed record Holds(Actor Actor, Mutex Mutex) : BoundExpression;
}
