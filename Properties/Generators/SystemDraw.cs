using System.Collections.Immutable;
using Irekae.Model.Binding;

namespace Irekae.Properties.Generators;

/// <summary>
/// Draws a system from a seed. Servers are made first, callees before callers, so that calls never go round in a circle; then a server that is
/// replaced; then devices; then processes, which drive everything; faults and properties last, about what there is.
/// </summary>
public sealed partial class SystemDraw
{
    private readonly Profile profile;
    private readonly Draw draw;
    private readonly Dictionary<char, int> numbers = [];
    private readonly List<ParameterSketch> parameters = [];
    private readonly List<VariableSketch> shared = [];
    private readonly List<MutexSketch> mutexes = [];
    private readonly List<EndpointSketch> endpoints = [];
    private readonly List<ActorSketch> actors = [];
    private readonly List<Port> ports = [];
    private bool chained;

    /// <summary>A message that can be sent, and how.</summary>
    private sealed record Port(string To, string Message, VariableSketch? Argument, PortKind Kind);

    private enum PortKind { Called, CalledForValue, Sent, Notified }

    private SystemDraw(ulong seed, Profile profile)
    {
        this.profile = profile;
        draw = new Draw(seed);
    }

    public static Sketch From(ulong seed, Profile profile) => new SystemDraw(seed, profile).System().Pruned();

    private Sketch System()
    {
        var machine = Machine();
        if (draw.Chance(profile.Parameters)) parameters.Add(new ParameterSketch(Name('a'), Between(0, 1, 3)));
        if (draw.Chance(profile.Data)) shared.Add(new VariableSketch("w0." + Name('x'), draw.Between(1, 2)));
        int locks = draw.Chance(profile.Mutexes) ? draw.Weighted((4, 1), (1, 2)) : 0;
        chained = profile.Chains > 0 && draw.Chance(profile.Chains);
        if (chained) locks = 0;
        for (int k = 0; chained && k < 2; k++) mutexes.Add(new MutexSketch(Name('k'), MutexProtocol.Inheritance, null));
        for (int k = 0; k < locks; k++)
        {
            var protocol = draw.Pick([MutexProtocol.None, MutexProtocol.Inheritance, MutexProtocol.Ceiling]);
            mutexes.Add(new MutexSketch(Name('k'), protocol, protocol == MutexProtocol.Ceiling && draw.Chance(30) ? 0 : null));
        }

        int servers = draw.Between(0, profile.Servers);
        for (int k = 0; k < servers; k++) AddServer(machine);
        bool replaced = draw.Chance(profile.Replacement);
        if (replaced) AddReplacedServer(machine);
        if (draw.Chance(profile.Devices)) AddDevice();
        if (replaced) AddReplacer(machine);
        int processes = draw.Between(profile.LeastProcesses - (replaced ? 1 : 0), profile.Processes - (replaced ? 1 : 0));
        for (int k = 0; k < processes; k++) AddProcess(machine);
        var faults = Faults();
        var sketch = new Sketch(machine, [.. parameters], [.. shared], [.. mutexes], [.. endpoints], [.. actors], faults, []);
        return sketch with { Properties = Properties(sketch) };
    }

    private MachineSketch Machine() => new(
        draw.Chance(profile.SeveralCores) ? draw.Weighted((3, 2), (1, 3)) : 1,
        draw.Chance(profile.Slices) ? Lapse.Exactly(draw.Between(1, 3)) : null,
        draw.Chance(25),
        draw.Chance(25),
        draw.Chance(profile.Switch) ? Between(0, 1, 1) : null,
        draw.Weighted((5, Ties.CompletionFirst), (4, Ties.Any), (2, Ties.Batch)));

    private string Name(char kind)
    {
        int number = numbers.GetValueOrDefault(kind);
        numbers[kind] = number + 1;
        return $"{kind}{number}";
    }

    /// <summary>An interval with a low end in the range given and a width of at most <paramref name="width"/>.</summary>
    private Lapse Between(int low, int high, int width)
    {
        int from = draw.Between(low, high);
        return new Lapse(from, from + (profile.Points || draw.Chance(35) ? 0 : draw.Between(0, width)));
    }

    private Lapse Work()
    {
        var lapse = Between(draw.Chance(5) ? 0 : 1, profile.LargestTime, profile.LargestTime / 2);
        return parameters.Count > 0 && draw.Chance(20) ? lapse with { Parameter = parameters[0].Name } : lapse;
    }

    private ImmutableArray<FaultSketch> Faults()
    {
        if (!draw.Chance(profile.Faults)) return [];
        var objects = actors.SelectMany(a => a.Names).ToList();
        var fault = draw.Weighted((2, FaultKind.Crash), (1, FaultKind.Lose), (1, FaultKind.Refuse));
        if (fault == FaultKind.Crash) return [new FaultSketch(Name('f'), fault, draw.Pick(objects), 1)];
        return ports.Count == 0 ? [] : [new FaultSketch(Name('f'), fault, draw.Pick(ports) is var p && draw.Chance(50) ? $"{p.To}.{p.Message}" : p.To, draw.Between(1, 2))];
    }
}
