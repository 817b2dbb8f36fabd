using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Irekae.Model.Text;

namespace Irekae.Tests.Checker.Explore;

/// <summary>Bound systems put together by hand: the explorer's tests need no front end. Times in nanoseconds.</summary>
internal static class Built
{
    private static readonly SourceText Source = new("built.irk", "built: by hand;" + new string('\n', 2000));
    private static int next;

    /// <summary>A place of its own for every statement.</summary>
    public static SourceSpan Span => new(Source, 15 + Interlocked.Increment(ref next) % 1900, 1);

    public static Interval Point(long time) => Between(time, time);

    public static Interval Between(long low, long high) => new(AffineTime.Of(new Rational(low)), AffineTime.Of(new Rational(high)));

    public static Interval AnyTime => new(AffineTime.Of(Rational.Zero), null);

    public static BoundStatement Run(long low, long high) => new BoundStatement.Run(Between(low, high), Span);

    public static BoundStatement Run(long time) => Run(time, time);

    public static BoundStatement Wait(long low, long high) => new BoundStatement.Wait(Between(low, high), Span);

    public static BoundStatement Block(params BoundStatement[] statements) => new BoundStatement.Block([.. statements], Span);

    public static BoundStatement Loop(params BoundStatement[] statements) => new BoundStatement.Loop(Block(statements), Span);

    public static BoundStatement Repeat(int count, params BoundStatement[] statements) => new BoundStatement.Repeat(count, Block(statements), Span);

    public static BoundStatement Measure(Measure measure, params BoundStatement[] statements) => new BoundStatement.MeasureBlock(measure, Block(statements), Span);

    public static Machine Machine(int cores = 1, Ties ties = Ties.CompletionFirst, Interval? quantum = null) => new(cores, quantum, false, false, null, ties);

    public static Actor Process(int index, string name, int priority, BoundStatement body, Activation? activation = null) =>
        new(index, name, name, ActorKind.Process, priority, -1, false, false, null, 0, WhenFull.Error, activation, body, Span);

    public static Activation Periodic(long period, long offset = 0, int backlog = 4) => new(true, Point(period), Point(offset), null, null, backlog);

    public static Activation Sporadic(long separation, Interval? jitter = null, int backlog = 4) =>
        new(false, new Interval(AffineTime.Of(new Rational(separation)), null), AnyTime, jitter, null, backlog);

    public static BoundSystem Together(Machine machine, params Actor[] actors) => new(
        "built", "", machine, [], [], [],
        [.. actors.Select((a, i) => new Endpoint(i, a.Name, i, false))], [], [.. actors], [], [], [], [], []);

    public static BoundSystem With(this BoundSystem system, params Measure[] measures) => system with { Measures = [.. measures] };

    public static BoundSystem Asking(this BoundSystem system, params Question[] questions) => system with
    {
        Properties = [.. questions.Select((q, i) => new Property(i, $"p{i}", q, [], null, new SourceSpan(Source, 0, 15)))],
    };

    public static Question Longest(Quantity quantity, long? bound = null) => new Question.Max(quantity, bound is { } b ? new Rational(b) : null);

    public static Question Response(BoundSystem system, int actor, long? bound = null) => Longest(new Quantity.Response(system.Actors[actor]), bound);
}
