using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Codegen.Emit;

/// <summary>Data: expressions are whole numbers or conditions, whichever is asked for.</summary>
internal sealed partial class Emitter
{
    private string Int(BoundExpression expression) => expression switch
    {
        BoundExpression.Literal e => e.Value < 0 ? $"({CodeText.Number(e.Value)})" : CodeText.Number(e.Value),
        BoundExpression.Read e => variables[e.Variable.Index],
        BoundExpression.ReadBound e => ReadBound(e),
        BoundExpression.Unary { Operator: UnaryOperator.Negate } e => $"checked(-{Int(e.Operand)})",
        BoundExpression.Binary { Operator: BinaryOperator.Add } e => $"checked({Int(e.Left)} + {Int(e.Right)})",
        BoundExpression.Binary { Operator: BinaryOperator.Subtract } e => $"checked({Int(e.Left)} - {Int(e.Right)})",
        BoundExpression.Binary { Operator: BinaryOperator.Multiply } e => $"checked({Int(e.Left)} * {Int(e.Right)})",
        BoundExpression.CountAlive { Actors.IsEmpty: true } => "0",
        BoundExpression.CountAlive e => $"({string.Join(" + ", e.Actors.Select(a => $"({IsAlive(a.Index)} ? 1 : 0)"))})",
        BoundExpression.Waiting e => HasMessages ? $"waiting[{actors[e.Actor.Index]}]" : "0",
        _ => $"({Condition(expression)} ? 1 : 0)",
    };

    private string Condition(BoundExpression expression) => expression switch
    {
        BoundExpression.Literal e => e.Value != 0 ? "true" : "false",
        BoundExpression.Unary { Operator: UnaryOperator.Not } e => $"!{Condition(e.Operand)}",
        BoundExpression.Binary e => e.Operator switch
        {
            BinaryOperator.Or => $"({Condition(e.Left)} || {Condition(e.Right)})",
            BinaryOperator.And => $"({Condition(e.Left)} && {Condition(e.Right)})",
            BinaryOperator.Equal => $"({Int(e.Left)} == {Int(e.Right)})",
            BinaryOperator.NotEqual => $"({Int(e.Left)} != {Int(e.Right)})",
            BinaryOperator.Less => $"({Int(e.Left)} < {Int(e.Right)})",
            BinaryOperator.LessOrEqual => $"({Int(e.Left)} <= {Int(e.Right)})",
            BinaryOperator.Greater => $"({Int(e.Left)} > {Int(e.Right)})",
            BinaryOperator.GreaterOrEqual => $"({Int(e.Left)} >= {Int(e.Right)})",
            _ => $"({Int(expression)} != 0)",
        },
        BoundExpression.Alive e => IsAlive(e.Actor.Index),
        BoundExpression.CountBound e => $"(bound[{endpoints[e.Endpoint.Index]}] is not Nobody and var whom && life[whom] is Life.Active or Life.Spawned)".Replace("whom", $"whom{whoms++}"),
        BoundExpression.IsBoundTo e => $"(bound[{endpoints[e.Endpoint.Index]}] == {actors[e.Actor.Index]})",
        BoundExpression.Running e => traits.Cores > 1 ? $"(CoreOf({actors[e.Actor.Index]}) != Nobody)" : $"(running == {actors[e.Actor.Index]})",
        BoundExpression.Blocked e => $"(status[{actors[e.Actor.Index]}] is Status.InCall or Status.InLock or Status.InAwait)",
        BoundExpression.Holds e => traits.Mutexes ? $"({Owner(e.Mutex)} == {actors[e.Actor.Index]})" : "false",
        BoundExpression.Read or BoundExpression.ReadBound or BoundExpression.Unary or BoundExpression.CountAlive or BoundExpression.Waiting => $"({Int(expression)} != 0)",
        _ => throw new System.Diagnostics.UnreachableException(expression.GetType().Name),
    };

    /// <summary>Names of pattern variables used up: within one expression, and within one scope, each needs a name of its own.</summary>
    private int whoms, assigned;

    private string IsAlive(int actor) => $"(life[{actors[actor]}] is Life.Active or Life.Spawned)";

    private string ReadBound(BoundExpression.ReadBound e)
    {
        var readable = Actors.Where(a => a.Index < e.ByActor.Length && e.ByActor[a.Index] is not null).ToList();
        string arms = string.Concat(readable.Select(a => $"{actors[a.Index]} => {variables[e.ByActor[a.Index]!.Index]}, "));
        return $"(bound[{endpoints[e.Endpoint.Index]}] switch {{ {arms}_ => int.MinValue }})";
    }

    /// <summary>The value goes to the variable if it is of its type; else the run stops and the method returns.</summary>
    private void Assign(Actor actor, int variable, string value)
    {
        var target = spec.Variables[variable];
        var (low, high) = target.Type switch
        {
            DataType.Bool => (0, 1),
            DataType.Range r => (r.Low, r.High),
            DataType.Token t => (0, t.Values.Length - 1),
            _ => throw new System.Diagnostics.UnreachableException(target.Type.GetType().Name),
        };
        if (int.TryParse(value, out int known) && known >= low && known <= high)
        {
            c.Line($"{variables[variable]} = {known};");
            return;
        }
        string fits = $"value{assigned++}";
        c.Open($"if ({value} is >= {low} and <= {high} and var {fits})");
        c.Line($"{variables[variable]} = {fits};");
        c.Close();
        c.Open("else");
        c.Line(Violate(ViolationKind.Range, $"{target.Name} in {actor.Name}: outside {low} .. {high}"));
        c.Line("stopped = true;");
        c.Line("return;");
        c.Close();
    }
}
