using Irekae.Model.Binding;

namespace Irekae.Model.Semantics.Program;

/// <summary>
/// Which steps may be done at once, whatever others are about to do at the same instant (<see cref="TransitionSystem"/>, silent steps). Those of every
/// actor that move its place alone; and of a device, which has no core to lose, those that touch only what is its own: that it waits, the caller it
/// keeps, the clock of a measure that begins, variables of its own that no other actor reads and no condition that is looked at within an instant, if nobody kills it.
/// What might be told is not silent: an assignment that might leave its type's range, and the end of a measure at which a condition is looked at. Where an
/// assignment might stop a run, that run ends in the midst of an instant: there, measures and whatever a property reads can be told too.
/// </summary>
internal sealed class SilentSteps
{
    private readonly BoundSystem system;
    private readonly Instruction[][] code;
    private readonly bool[] foreign;
    private readonly bool[] killed;
    private readonly HashSet<int> looked = [];
    private readonly bool stops;

    private SilentSteps(BoundSystem system, Observation observation, Instruction[][] code)
    {
        this.system = system;
        this.code = code;
        foreign = new bool[system.Variables.Length];
        killed = new bool[code.Length];
        for (int actor = 0; actor < code.Length; actor++)
        {
            foreach (var i in code[actor])
            {
                if (i.Op == Op.Kill) killed[i.Operand] = true;
                if (i.Expression is not null) Read(i.Expression, actor);
                foreach (var argument in i.Arguments) Read(argument, actor);
            }
        }

        stops = code.Any(body => body.Any(MayStop));
        // Not those observed alone: what is silent, and so how a move is named, is the same for every observer of the properties.
        foreach (var property in system.Properties) Look(property.Question);
        foreach (var (measure, condition) in observation.Conditions) Look(measure, condition);
    }

    private void Look(Question question)
    {
        switch (question)
        {
            case Question.After after:
                Look(after.Measure, after.Condition);
                break;
            case Question.Always always when stops:
                Read(always.Condition, by: -1);
                break;
            case Question.Reachable reachable when stops:
                Read(reachable.Condition, by: -1);
                break;
        }
    }

    private void Look(Measure measure, BoundExpression condition)
    {
        looked.Add(measure.Index);
        Read(condition, by: -1);
    }

    /// <summary>A value may not be one of the type of what takes it.</summary>
    private bool MayStop(Instruction i) => i.Op switch
    {
        Op.Assign => !Fits(system.Variables[i.Index].Type, i.Expression!) || ReadsBound(i.Expression!),
        Op.Call => i.Result >= 0 && system.Variables[i.Result].Type is DataType.Range,
        Op.Reply => i.Expression is not null && ReadsBound(i.Expression),
        _ => false,
    };

    /// <summary>Whether it may have the value that belongs to no type.</summary>
    private static bool ReadsBound(BoundExpression expression) => expression switch
    {
        BoundExpression.ReadBound => true,
        BoundExpression.Unary e => ReadsBound(e.Operand),
        BoundExpression.Binary e => ReadsBound(e.Left) || ReadsBound(e.Right),
        _ => false,
    };

    /// <summary>By actor and place.</summary>
    public static bool[][] Of(BoundSystem system, Observation observation, Instruction[][] code)
    {
        var steps = new SilentSteps(system, observation, code);
        return [.. code.Select((body, actor) => body.Select(i => steps.IsSilent(actor, i)).ToArray())];
    }

    private bool IsSilent(int actor, Instruction i)
    {
        if (i.Silent) return true;
        if (system.Actors[actor].Kind != ActorKind.Device) return false;
        if (i.Op is Op.Wait or Op.AnyTime) return true;
        return !killed[actor] && i.Op switch
        {
            Op.MeasureBegin => !stops,
            Op.MeasureEnd => !stops && !looked.Contains(i.Index),
            Op.HandlerEnd => i.Targets.All(variable => IsOwn(actor, variable)),
            Op.BranchUnless => IsOwn(actor, i.Expression!),
            Op.Assign => IsOwn(actor, i.Index) && IsOwn(actor, i.Expression!) && Fits(system.Variables[i.Index].Type, i.Expression!),
            _ => false,
        };
    }

    private bool IsOwn(int actor, int variable) => system.Variables[variable].Owner == actor && !foreign[variable];

    private bool IsOwn(int actor, BoundExpression expression) => expression switch
    {
        BoundExpression.Literal => true,
        BoundExpression.Read e => IsOwn(actor, e.Variable.Index),
        BoundExpression.Unary e => IsOwn(actor, e.Operand),
        BoundExpression.Binary e => IsOwn(actor, e.Left) && IsOwn(actor, e.Right),
        _ => false,
    };

    /// <summary>The value is one of the type, whatever it is.</summary>
    private static bool Fits(DataType type, BoundExpression expression) => type switch
    {
        DataType.Range range => expression is BoundExpression.Literal { Value: var value } && value >= range.Low && value <= range.High,
        _ => true,
    };

    private void Read(BoundExpression expression, int by)
    {
        switch (expression)
        {
            case BoundExpression.Read e:
                if (e.Variable.Owner != by) foreign[e.Variable.Index] = true;
                break;
            case BoundExpression.ReadBound e:
                foreach (var variable in e.ByActor)
                    if (variable is not null) foreign[variable.Index] = true;
                break;
            case BoundExpression.Unary e:
                Read(e.Operand, by);
                break;
            case BoundExpression.Binary e:
                Read(e.Left, by);
                Read(e.Right, by);
                break;
        }
    }
}
