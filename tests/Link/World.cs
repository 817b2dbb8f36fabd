using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Irekae.Model.Binding;
using Mutex = Irekae.Model.Binding.Mutex;

namespace Irekae.Tests.Link;

/// <summary>What somebody is at.</summary>
internal enum Act
{
    /// <summary>Not there: absent, ended, killed.</summary>
    Gone,

    /// <summary>Spawned, and not told to start.</summary>
    Spawned,

    /// <summary>Between two jobs.</summary>
    Idle,

    /// <summary>The next statement takes no time and nobody is waited for: it is taken as soon as there is a core.</summary>
    Step,

    Work,
    Sleep,
    Call,
    Await,
    Lock,
    Receive,
}

/// <summary>What is left to do when a statement has ended: the innermost is the last of a stack.</summary>
internal abstract record Frame
{
    /// <summary>The statements of a block from <paramref name="Next"/> on.</summary>
    public sealed record Rest(BoundStatement.Block Block, int Next) : Frame;

    public sealed record Rounds(BoundStatement.Repeat Repeat, int Left) : Frame;

    /// <summary>Another round, or none: nobody counts.</summary>
    public sealed record Uncounted(BoundStatement.Repeat Repeat) : Frame;

    public sealed record Again(BoundStatement.Loop Loop) : Frame;

    public sealed record Timing(Measure Measure) : Frame;

    public sealed record Holding(Mutex Mutex) : Frame;

    public sealed record Section : Frame;

    /// <param name="Caller">Who waits for the answer; −1: nobody, or no longer.</param>
    public sealed record Handling(Handler Handler, int Caller) : Frame;
}

/// <summary>A message in an inbox.</summary>
/// <param name="Caller">Who waits for the answer; −1: nobody.</param>
/// <param name="Endpoint">Where it was sent.</param>
internal sealed record Letter(int Message, ImmutableArray<int> Values, int Caller, int Endpoint, bool Notify);

/// <summary>An actor.</summary>
/// <param name="At">The statement that is next, or that it waits in; null with <see cref="Link.Act.Step"/>: it leaves the innermost frame.</param>
/// <param name="Priority">Its own, before mutexes raise it.</param>
/// <param name="Arrived">Jobs that have arrived and not ended.</param>
/// <param name="Released">Those of them that may run.</param>
/// <param name="SliceOver">Its slice ended where it could not be preempted.</param>
/// <param name="Finishing">Its work ended at this instant, and what follows at once is still part of that.</param>
internal sealed record Person(Act Act, BoundStatement? At, ImmutableList<Frame> Stack, ImmutableList<Letter> Inbox, int Priority, int Arrived, int Released, bool SliceOver, bool Finishing)
{
    public static Person Absent { get; } = new(Act.Gone, null, [], [], 0, 0, 0, false, false);
}

/// <param name="Running">The process that holds it, or −1.</param>
/// <param name="Last">The process that had it last, or −1.</param>
internal sealed record Core(int Running, int Last);

/// <summary>Where the value of a timer comes from, seen from the beginning of the move that is being made.</summary>
internal abstract record Origin
{
    /// <summary>It is the timer of that name.</summary>
    public sealed record Since(string Timer) : Origin;

    /// <summary>It begins in this move.</summary>
    public sealed record Fresh(Interval Interval) : Origin;
}

/// <summary>
/// Everything discrete, and what has happened since the move began. Never changed: every rule makes another one.
/// </summary>
internal sealed record World(
    ImmutableArray<int> Data,
    ImmutableArray<int> Bound,
    ImmutableArray<Person> People,
    ImmutableArray<Core> Cores,
    ImmutableArray<int> Owners,
    ImmutableArray<ImmutableList<int>> Waiters,
    ImmutableList<int> Queue,
    ImmutableArray<int> FaultsLeft,
    ImmutableSortedDictionary<string, Origin> Timers)
{
    /// <summary>Under <c>ties batch</c>: events of this instant have happened and the scheduler has not yet looked at them.</summary>
    public bool InBatch { get; init; }

    /// <summary>Nothing sensible follows.</summary>
    public bool Stopped { get; init; }

    /// <summary>The clocks, before the move, of what ended in it; null for one that began in it as well.</summary>
    public ImmutableList<string?> Ended { get; init; } = [];

    /// <summary>What the move is found to have done: violations, conditions that failed.</summary>
    public ImmutableSortedSet<string> Found { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>For readers.</summary>
    public ImmutableList<string> Story { get; init; } = [];

    public Person this[int actor] => People[actor];

    public World With(int actor, Person person) => this with { People = People.SetItem(actor, person) };

    public World Tell(string what) => this with { Story = Story.Add(what) };

    public int CoreOf(int actor) => Cores.FindIndex(c => c.Running == actor);

    /// <summary>The same with nothing having happened yet.</summary>
    public World Rested() => this with
    {
        Timers = Timers.ToImmutableSortedDictionary(t => t.Key, t => (Origin)new Origin.Since(t.Key), StringComparer.Ordinal),
        Ended = [],
        Found = Found.Clear(),
        Story = [],
    };

    /// <summary>Two worlds with the same text are the same, whatever their stories.</summary>
    public string Text(Func<BoundStatement, int> number)
    {
        var text = new StringBuilder(State(number));
        foreach (var (name, origin) in Timers)
            text.Append(name).Append('=').Append(origin switch { Origin.Since s => s.Timer, Origin.Fresh f => Times.Text(f.Interval), _ => "" }).Append(';');
        return text.Append('\n').AppendJoin(',', Ended.Select(e => e ?? "-").Order(StringComparer.Ordinal)).Append('\n').AppendJoin(',', Found).ToString();
    }

    /// <summary>What decides what can follow, without what has happened in this move so far.</summary>
    public string State(Func<BoundStatement, int> number)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', Data).Append('|').AppendJoin(',', Bound).Append('|').AppendJoin(',', Owners).Append('|');
        foreach (var waiters in Waiters) text.AppendJoin(',', waiters).Append('|');
        text.AppendJoin(',', Queue).Append('|').AppendJoin(',', FaultsLeft).Append('|');
        foreach (var core in Cores) text.Append(CultureInfo.InvariantCulture, $"{core.Running}/{core.Last} ");
        foreach (var person in People)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{person.Act} {(person.At is null ? -1 : number(person.At))} {person.Priority} {person.Arrived} {person.Released} {person.SliceOver} {person.Finishing}");
            foreach (var letter in person.Inbox)
                text.Append(CultureInfo.InvariantCulture, $" <{letter.Message}").AppendJoin(',', letter.Values).Append(CultureInfo.InvariantCulture, $" {letter.Caller} {letter.Endpoint} {letter.Notify}>");
            foreach (var frame in person.Stack)
            {
                text.Append(' ');
                _ = frame switch
                {
                    Frame.Rest f => text.Append(CultureInfo.InvariantCulture, $"{number(f.Block)}.{f.Next}"),
                    Frame.Rounds f => text.Append(CultureInfo.InvariantCulture, $"{number(f.Repeat)}x{f.Left}"),
                    Frame.Uncounted f => text.Append(CultureInfo.InvariantCulture, $"{number(f.Repeat)}x?"),
                    Frame.Again f => text.Append(CultureInfo.InvariantCulture, $"{number(f.Loop)}*"),
                    Frame.Timing f => text.Append(CultureInfo.InvariantCulture, $"measure{f.Measure.Index}"),
                    Frame.Holding f => text.Append(CultureInfo.InvariantCulture, $"mutex{f.Mutex.Index}"),
                    Frame.Section => text.Append("section"),
                    Frame.Handling f => text.Append(CultureInfo.InvariantCulture, $"handler{f.Handler.Message.Index}:{number(f.Handler.Body)}:{f.Caller}"),
                    _ => throw new SwitchExpressionException(frame),
                };
            }
        }

        return text.Append('\n').Append(InBatch).Append(Stopped).Append('\n').AppendJoin(',', Timers.Keys).Append('\n').ToString();
    }
}

internal static class ImmutableArrays
{
    public static int FindIndex<T>(this ImmutableArray<T> array, Func<T, bool> wanted)
    {
        for (int i = 0; i < array.Length; i++)
            if (wanted(array[i])) return i;
        return -1;
    }
}
