using System.Collections.Immutable;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Model.Binding;

/// <summary>Who acts: instances, attributes, own variables; and bodies, once per instance.</summary>
internal sealed partial class Binder
{
    private const int DefaultInbox = 8;
    private const int DefaultBacklog = 4;
    private const int MaximumQueue = 4096;

    private readonly List<ActorSymbol> actorSymbols = [];

    /// <summary>From here on actors can be asked about; before, only numbers known beforehand are bound.</summary>
    private bool headersBound;

    private void BindActorHeaders(Machine machine)
    {
        foreach (var family in symbols.Values.OfType<FamilySymbol>())
        {
            AddInstances(family);
            var header = BindAttributes(family, machine);
            foreach (var actor in family.Instances)
            {
                foreach (var variable in family.Item.Variables) BindVariable(variable, actor.Variables, actor.Name, actor.Index);
                actor.Reference = new Actor(
                    actor.Index, family.Name, actor.Name, family.Item.Kind, header.Priority, header.Core, actor.Absent, header.NonPreemptive, header.Quantum,
                    header.InboxDepth, header.WhenFull, header.Activation, new BoundStatement.Block([], family.Item.Span), actor.Span)
                { Unsliced = header.Unsliced };
            }
        }
        ReadPrioritySettings();
        foreach (var (actor, priority) in settings) actor.Reference = actor.Reference with { Priority = priority };
        headersBound = true;
    }

    private void AddInstances(FamilySymbol family)
    {
        foreach (var instances in family.Item.Attributes.OfType<AttributeSyntax.Instances>().Take(1))
        {
            foreach (var instance in instances.Names)
            {
                if (instance.Name.IsMissing) continue;
                if (family.Instances.Find(other => other.Instance!.Text == instance.Name.Text) is { } first)
                    diagnostics.ReportDuplicateName(instance.Name.Span, instance.Name.Text, first.Span);
                else AddInstance(family, instance.Name, instance.Absent);
            }
        }
        if (family.Instances.Count == 0) AddInstance(family, null, false);
    }

    private void AddInstance(FamilySymbol family, NameSyntax? instance, bool absent)
    {
        if (actorSymbols.Count >= MaximumActors)
        {
            diagnostics.ReportTooMany(instance?.Span ?? family.Span, "processes, servers and devices", MaximumActors);
            return;
        }
        var actor = new ActorSymbol(family, instance, absent, actorSymbols.Count);
        actorSymbols.Add(actor);
        family.Instances.Add(actor);
    }

    private ImmutableArray<Actor> BindBodies()
    {
        var actors = ImmutableArray.CreateBuilder<Actor>(actorSymbols.Count);
        foreach (var actor in actorSymbols) actors.Add(actor.Reference with { Body = BindBody(actor) });
        return actors.MoveToImmutable();
    }

    private BoundStatement.Block BindBody(ActorSymbol actor)
    {
        var place = new Place(actor, []);
        if (actor.Item.Kind == ActorKind.Process) return BindStatements(actor.Item.Statements, place, actor.Item.Span);
        var statements = ImmutableArray.CreateBuilder<BoundStatement>();
        foreach (var init in Inits(actor)) statements.AddRange(BindStatements(init.Body.Statements, place, init.Span).Statements);
        var receive = new BoundStatement.Receive(BindHandlers(actor.Item.Handlers, place), actor.Item.Span);
        statements.Add(new BoundStatement.Loop(receive, actor.Item.Span));
        return new BoundStatement.Block(statements.ToImmutable(), actor.Item.Span);
    }

    private IEnumerable<InitSyntax> Inits(ActorSymbol actor)
    {
        foreach (var init in actor.Item.Inits)
        {
            if (init.Instance is null) yield return init;
            else if (init.Instance.Text == actor.Instance?.Text)
            {
                names.Link(init.Instance, actor.Instance);
                yield return init;
            }
            else ResolveInstance(actor.Family, init.Instance);
        }
    }
}
