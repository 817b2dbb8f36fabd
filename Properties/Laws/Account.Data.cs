using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Properties.Laws;

/// <summary>Values that the text computes: what messages carry and what is assigned, as far as events tell which statement it was.</summary>
internal sealed partial class Account
{
    private readonly Dictionary<int, int?> arguments = [];

    /// <summary>The value of an expression over data now; null: it speaks of something else, or of an argument that is not known.</summary>
    public int? Value(BoundExpression expression) => expression switch
    {
        BoundExpression.Literal e => e.Value,
        BoundExpression.Read e => arguments.TryGetValue(e.Variable.Index, out int? argument) ? argument : Values[e.Variable.Index],
        BoundExpression.Binary { Operator: BinaryOperator.Add } e => Value(e.Left) + Value(e.Right),
        BoundExpression.Binary { Operator: BinaryOperator.Subtract } e => Value(e.Left) - Value(e.Right),
        _ => null,
    };

    /// <summary>What a call or send that has just been made carries.</summary>
    private int[]? Sent(Event e)
    {
        int[]? known = null;
        foreach (var statement in Spec.Actors[e.A].Body.WithDescendants())
        {
            var (endpoint, message, expressions) = statement switch
            {
                BoundStatement.Call s when e.Kind == EventKind.Calls => (s.Endpoint, s.Message, s.Arguments),
                BoundStatement.Send { Notify: false } s when e.Kind == EventKind.Sends => (s.Endpoint, s.Message, s.Arguments),
                _ => (null, null, []),
            };
            if (endpoint is null || endpoint.Index != e.B || message!.Index != e.C) continue;
            var values = expressions.Select(Value).ToList();
            if (values.Contains(null) || (known is not null && !known.SequenceEqual(values.Select(v => v!.Value)))) return null;
            known = [.. values.Select(v => v!.Value)];
        }

        return known;
    }

    /// <summary>A handler of the actor has taken the message.</summary>
    private void Learn(int actor, Waiting message)
    {
        foreach (var handler in receives[actor].SelectMany(r => r.Handlers).Where(h => h.Message.Index == message.Message))
            for (int k = 0; k < handler.Parameters.Length; k++)
                arguments[handler.Parameters[k].Index] = message.Arguments is { } values && k < values.Length ? values[k] : null;
    }

    private bool OnlyCalls(Event lost) => !Spec.Actors[lost.C].Body.WithDescendants().Any(s => s is BoundStatement.Send t && t.Endpoint.Index == lost.A && t.Message.Index == lost.B);
}
