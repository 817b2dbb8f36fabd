using System.Collections.Immutable;
using Irekae.Model.Binding;

namespace Irekae.Model.Semantics.Program;

/// <summary>Numbers all timers that can exist.</summary>
internal sealed class TimerTable
{
    private readonly List<TimerInfo> infos = [];
    private readonly Dictionary<(TimerKind, int), int> byKind = [];
    private readonly Dictionary<(int Quantity, int Key), int> clocks = [];

    public TimerTable(BoundSystem system, Observation observation)
    {
        foreach (var parameter in system.Parameters) Add(TimerKind.Parameter, parameter.Index, parameter.Name);
        foreach (var actor in system.Actors)
        {
            Add(TimerKind.Wait, actor.Index, $"wait of {actor.Name}");
            if (actor.Kind == ActorKind.Device) continue;
            Add(TimerKind.Work, actor.Index, $"work of {actor.Name}");
            Add(TimerKind.Slice, actor.Index, $"slice of {actor.Name}");
            if (actor.Activation is not { } activation) continue;
            Add(TimerKind.Arrival, actor.Index, $"arrival of {actor.Name}");
            if (activation.Jitter is not null) Add(TimerKind.Jitter, actor.Index, $"jitter of {actor.Name}");
        }

        if (system.Machine.Switch is not null)
            for (int core = 0; core < system.Machine.Cores; core++) Add(TimerKind.Switch, core, $"switch of core {core}");
        foreach (var fault in observation.Faults)
            if (fault.Kind == FaultKind.Crash) Add(TimerKind.Fault, fault.Index, fault.Name);
        for (int q = 0; q < observation.Quantities.Length; q++) AddClocks(system, q, observation.Quantities[q]);
        Infos = [.. infos];
    }

    public ImmutableArray<TimerInfo> Infos { get; }

    public int Parameter(int index) => byKind[(TimerKind.Parameter, index)];

    public int Of(TimerKind kind, int subject) => byKind[(kind, subject)];

    /// <summary>As <see cref="Of"/>; −1 when there is none.</summary>
    public int Find(TimerKind kind, int subject) => byKind.TryGetValue((kind, subject), out int id) ? id : -1;

    /// <summary>The clock of an occurrence: by actor, or by place in the queue of jobs; −1 when the quantity has none there.</summary>
    public int Clock(int quantity, int key) => clocks.TryGetValue((quantity, key), out int id) ? id : -1;

    private void Add(TimerKind kind, int subject, string name)
    {
        byKind[(kind, subject)] = infos.Count;
        infos.Add(new TimerInfo(infos.Count, kind, subject, name));
    }

    private void AddClock(int quantity, int key, string name)
    {
        clocks[(quantity, key)] = infos.Count;
        infos.Add(new TimerInfo(infos.Count, TimerKind.Clock, quantity, name));
    }

    private void AddClocks(BoundSystem system, int index, Quantity quantity)
    {
        switch (quantity)
        {
            case Quantity.OfMeasure q:
                foreach (var actor in Those(s => s is BoundStatement.MeasureBlock m && m.Measure.Index == q.Measure.Index))
                    AddClock(index, actor.Index, $"{q.Measure.Name} of {actor.Name}");
                break;
            case Quantity.Answer q:
                foreach (var actor in Those(s => s is BoundStatement.Call c && c.Endpoint.Index == q.Endpoint.Index && c.Message.Index == q.Message.Index))
                    AddClock(index, actor.Index, $"{q.Endpoint.Name}.{q.Message.Name} asked by {actor.Name}");
                break;
            case Quantity.Gap q:
                AddClock(index, 0, $"gap({q.Mark.Name})");
                break;
            case Quantity.Response q:
                for (int job = 0; job < q.Actor.Activation!.Backlog; job++)
                    AddClock(index, job, $"response of {q.Actor.Name}, job {job + 1}");
                break;
            default:
                throw new System.Diagnostics.UnreachableException(quantity.GetType().Name);
        }

        IEnumerable<Actor> Those(Func<BoundStatement, bool> has) => system.Actors.Where(a => a.Body.WithDescendants().Any(has));
    }
}
