using System.Text;
using Irekae.Model.Binding;
using Irekae.Properties.Generators;

namespace Irekae.Tests.Laws;

/// <summary>The generators make what they say: well-formed systems, with every construct in a fair share of them.</summary>
public sealed class GeneratorTests(ITestOutputHelper output)
{
    private static readonly (string Name, int LeastPercent, Func<Sketch, bool> Has)[] Constructs =
    [
        ("several cores", 15, s => s.Machine.Cores > 1),
        ("slices", 20, s => s.Machine.Quantum is not null),
        ("preempted to tail", 10, s => s.Machine.PreemptedToTail),
        ("slice kept", 10, s => s.Machine.SliceKept),
        ("switch cost", 5, s => s.Machine.Switch is not null),
        ("ties any", 15, s => s.Machine.Ties == Ties.Any),
        ("ties batch", 5, s => s.Machine.Ties == Ties.Batch),
        ("parameter used", 2, s => s.All().Any(d => d is Deed.Run { Duration.Parameter: not null })),
        ("device", 10, s => s.Actors.Any(a => a.Kind == ActorKind.Device)),
        ("urgent handler", 5, s => s.Actors.Any(a => a.Handlers.Any(h => h.Urgent))),
        ("handler with argument", 4, s => s.Actors.Any(a => a.Handlers.Any(h => h.Argument is not null))),
        ("bounded inbox", 8, s => s.Actors.Any(a => a.Inbox is not null)),
        ("pinned to a core", 5, s => s.Actors.Any(a => a.Core is not null)),
        ("own quantum", 5, s => s.Actors.Any(a => a.Quantum is not null)),
        ("nonpreemptive actor", 5, s => s.Actors.Any(a => a.NonPreemptive)),
        ("periodic", 10, s => s.Actors.Any(a => a.Jobs is { Periodic: true })),
        ("sporadic", 5, s => s.Actors.Any(a => a.Jobs is { Periodic: false })),
        ("jitter", 5, s => s.Actors.Any(a => a.Jobs?.Jitter is not null)),
        ("call", 15, Uses<Deed.Call>),
        ("send", 5, s => s.All().Any(d => d is Deed.Send { Notify: false })),
        ("notify", 3, s => s.All().Any(d => d is Deed.Send { Notify: true })),
        ("answer taken", 1, s => s.All().Any(d => d is Deed.Call { Result: not null })),
        ("refusal handled", 4, s => s.All().Any(d => d is Deed.Call { Refused: not null })),
        ("receive in a process", 3, Uses<Deed.Receive>),
        ("mutex taken", 12, Uses<Deed.Lock>),
        ("inheritance", 3, s => s.Mutexes.Any(m => m.Protocol == MutexProtocol.Inheritance)),
        ("ceiling", 3, s => s.Mutexes.Any(m => m.Protocol == MutexProtocol.Ceiling)),
        ("after any time", 20, Uses<Deed.AfterAnyTime>),
        ("await", 1, Uses<Deed.Await>),
        ("replacement", 25, Uses<Deed.Bind>),
        ("spawn and start", 20, s => Uses<Deed.Spawn>(s) && Uses<Deed.Start>(s)),
        ("kill", 15, Uses<Deed.Kill>),
        ("dropping", 4, s => s.All().Any(d => d is Deed.Bind { Rule: InboxRule.Drop })),
        ("refusing", 4, s => s.All().Any(d => d is Deed.Bind { Rule: InboxRule.Refuse })),
        ("choose", 8, Uses<Deed.Choose>),
        ("if", 4, Uses<Deed.If>),
        ("repeat", 10, Uses<Deed.Repeat>),
        ("loop", 8, Uses<Deed.Loop>),
        ("data", 8, Uses<Deed.Assign>),
        ("assert", 1, Uses<Deed.Assert>),
        ("priority", 1, Uses<Deed.Priority>),
        ("nonpreemptive section", 1, Uses<Deed.NonPreemptive>),
        ("exit", 3, Uses<Deed.Exit>),
        ("measure", 50, Uses<Deed.Measure>),
        ("mark", 4, Uses<Deed.Mark>),
        ("crash", 4, s => s.Faults.Any(f => f.Kind == FaultKind.Crash)),
        ("lose", 1, s => s.Faults.Any(f => f.Kind == FaultKind.Lose)),
        ("refuse", 1, s => s.Faults.Any(f => f.Kind == FaultKind.Refuse)),
        ("property under a fault", 4, s => s.Properties.Any(p => !p.Under.IsEmpty)),
        ("max", 50, s => s.Properties.Any(p => p.Asked is Asked.Extreme { Largest: true })),
        ("min", 30, s => s.Properties.Any(p => p.Asked is Asked.Extreme { Largest: false })),
        ("gap", 4, s => s.Properties.Any(p => p.Asked is Asked.Extreme { Quantity: Quantified.Gap })),
        ("response", 15, s => s.Properties.Any(p => p.Asked is Asked.Extreme { Quantity: Quantified.Response })),
        ("after a measure", 10, s => s.Properties.Any(p => p.Asked is Asked.After)),
        ("answered", 4, s => s.Properties.Any(p => p.Asked is Asked.Answered)),
    ];

    private static bool Uses<T>(Sketch sketch)
        where T : Deed => sketch.All().OfType<T>().Any();

    [Fact]
    public void Every_construct_is_in_a_fair_share()
    {
        int count = Campaign.Size(2000, 20_000);
        var sketches = Enumerable.Range(0, count).Select(k => SystemDraw.From((ulong)k, Profile.Whole)).ToList();
        var table = new StringBuilder();
        var rare = new List<string>();
        foreach (var (name, least, has) in Constructs)
        {
            double percent = 100.0 * sketches.Count(has) / count;
            table.Append($"{name,-24}{percent,6:0.0} %\n");
            if (percent < least) rare.Add($"{name}: {percent:0.0} %, wanted {least} %");
        }

        output.WriteLine(table.ToString());
        Assert.True(rare.Count == 0, string.Join('\n', rare));
    }

    /// <summary>A statement the language gains has to be generated too.</summary>
    [Fact]
    public void Every_kind_of_statement_is_generated()
    {
        var generated = Enumerable.Range(0, 2000).SelectMany(k => SystemDraw.From((ulong)k, Profile.Whole).All()).Select(d => d.GetType().Name).ToHashSet();
        generated.UnionWith(["Block", "Send", "PassMark", "MeasureBlock", "SetPriority"]);
        var bound = typeof(BoundStatement).GetNestedTypes().Select(t => t.Name);
        Assert.Empty(bound.Except(generated));
    }

    [Fact]
    public void Every_system_is_well_formed()
    {
        foreach (var profile in new[] { Profile.Whole, Profile.Tiny, Profile.Faithful })
            foreach (var drawn in Campaign.Systems(profile, 300, 5000)) Assert.NotNull(drawn.System);
    }

    [Fact]
    public void What_is_shrunk_is_well_formed()
    {
        foreach (ulong seed in Campaign.Seeds(12, 200)) AssertPartsAreWellFormed(seed);
    }

    /// <summary>A handler loses the reply whose value a caller takes.</summary>
    [Fact]
    public void A_call_without_its_answer_is_well_formed() => AssertPartsAreWellFormed(1061);

    private static void AssertPartsAreWellFormed(ulong seed)
    {
        foreach (var smaller in SystemDraw.From(seed, Profile.Whole).Smaller())
            Assert.NotNull(Drawn.Bind(SketchText.Of(smaller), $"a part of seed {seed}"));
    }

    [Fact]
    public void Shrinking_keeps_what_fails_and_nothing_else()
    {
        var seed = Enumerable.Range(0, 100).First(k => SystemDraw.From((ulong)k, Profile.Whole).All().OfType<Deed.Kill>().Any());
        var smallest = SystemDraw.From((ulong)seed, Profile.Whole).Smallest(s => s.All().OfType<Deed.Kill>().Any());
        var single = Assert.Single(smallest.All());
        Assert.IsType<Deed.Kill>(single);
        Assert.Empty(smallest.Properties);
    }

    [Fact]
    public void The_same_seed_draws_the_same_system() =>
        Assert.Equal(SketchText.Of(SystemDraw.From(17, Profile.Whole)), SketchText.Of(SystemDraw.From(17, Profile.Whole)));
}
