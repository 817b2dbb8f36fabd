using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;

namespace Irekae.Tests.Model.Binding;

/// <summary>What well-formed specifications mean.</summary>
public class BinderTests
{
    private static BoundSystem Bound(string text)
    {
        var spec = Spec.Bind("system t; " + text);
        Assert.Empty(spec.Diagnostics);
        return spec.System!;
    }

    private static BoundStatement First(BoundSystem system, int actor = 0) => ((BoundStatement.Block)system.Actors[actor].Body).Statements[0];

    private static Interval RunOf(string text)
    {
        var system = Bound(text);
        return ((BoundStatement.Run)First(system)).Duration;
    }

    [Theory]
    [InlineData("3 us", 3000)]
    [InlineData("1.350 ms", 1350000)]
    [InlineData("0", 0)]
    [InlineData("2 * 3 us + 1 us", 7000)]
    [InlineData("10 us / 4", 2500)]
    [InlineData("(57 us - 7 us) * 2", 100000)]
    [InlineData("n * 1 us", 4000)]
    [InlineData("d + d", 10000)]
    public void Points(string time, long nanoseconds)
    {
        var system = Spec.Bind($"system t; const n = 2 * 2; duration d = 5 us; process p at 1 {{ run {time}; }}").System!;
        var run = ((BoundStatement.Run)First(system)).Duration;
        Assert.Equal(new Rational(nanoseconds), run.Low.Constant);
        Assert.Equal(new Rational(nanoseconds), run.High!.Constant);
    }

    [Fact]
    public void Fractions_are_exact() => Assert.Equal(new Rational(10000, 3), RunOf("process p at 1 { run 10 us / 3; }").Low.Constant);

    [Fact]
    public void Parameters_make_times_affine()
    {
        var run = RunOf("parameter q in 1 us .. 4 us; duration rest = (20 us - q) / 2 .. 10 us + q - q; process p at 1 { run rest; run q; }");
        Assert.Equal(new Rational(10_000), run.Low.Constant);
        Assert.Equal(new Rational(-1, 2), run.Low.Terms.Single().Factor);
        Assert.True(run.High!.IsConstant);
    }

    [Fact]
    public void Machine_defaults()
    {
        Assert.Equal(new Machine(1, null, false, false, null, Ties.CompletionFirst), Bound("process p at 1 { run 1 us; }").Machine);
        var machine = Bound("machine { cores 2; ties batch; switch 1 us; scheduler priority { quantum 1 ms; preempted to tail; slice kept; } } process p at 1 on core 1 { run 1 us; }").Machine;
        Assert.Equal((2, true, true, Ties.Batch), (machine.Cores, machine.PreemptedToTail, machine.SliceKept, machine.Ties));
        Assert.Equal(new Rational(1_000_000), machine.Quantum!.Low.Constant);
        Assert.Equal(new Rational(1_000), machine.Switch!.Low.Constant);
    }

    [Fact]
    public void Periodic_and_sporadic()
    {
        var system = Bound("process a at 1 periodic 10 ms deadline 8 ms { run 1 ms; } process b at 2 sporadic 5 ms jitter 1 ms offset 2 ms backlog 7 { run 1 ms; }");
        var periodic = system.Actors[0].Activation!;
        Assert.True(periodic.Periodic);
        Assert.Equal((Rational.Zero, Rational.Zero, 4), (periodic.Offset.Low.Constant, periodic.Offset.High!.Constant, periodic.Backlog));
        Assert.Equal(new Rational(8_000_000), periodic.Deadline!.Constant);
        var sporadic = system.Actors[1].Activation!;
        Assert.Null(sporadic.Separation.High);
        Assert.Equal((new Rational(5_000_000), 7), (sporadic.Separation.Low.Constant, sporadic.Backlog));
        var property = system.Properties.Single();
        Assert.Equal("a.deadline", property.Name);
        Assert.Equal(new Rational(8_000_000), Assert.IsType<Question.Max>(property.Question).Bound);
        Assert.Null(Bound("process c at 1 sporadic 5 ms { run 1 ms; }").Actors[0].Activation!.Offset.High);
    }

    [Fact]
    public void Instances_have_their_own_variables_and_inits()
    {
        var system = Bound("token state { none, kept } server s at 3 instances old, new absent inbox 2 drop { var x: state = kept; init old { x = none; } init { run 1 us; } on m(n: 1 .. 5) { run 1 us; } }");
        Assert.Equal(["s.old", "s.new"], system.Actors.Select(actor => actor.Name));
        Assert.Equal([false, true], system.Actors.Select(actor => actor.Absent));
        Assert.Equal(["s.old.x", "s.new.x", "s.old.m.n", "s.new.m.n"], system.Variables.Select(variable => variable.Name));
        Assert.Equal([1, 1, 1, 1], system.Variables.Select(variable => variable.Initial));
        Assert.Equal([0, 1, 0, 1], system.Variables.Select(variable => variable.Owner));
        Assert.Equal((2, WhenFull.Drop), (system.Actors[1].InboxDepth, system.Actors[1].WhenFull));
        Assert.IsType<BoundStatement.Assign>(First(system));
        Assert.IsType<BoundStatement.Run>(First(system, 1));
        var end = Assert.IsType<BoundStatement.Loop>(((BoundStatement.Block)system.Actors[0].Body).Statements[^1]);
        Assert.Single(Assert.IsType<BoundStatement.Receive>(end.Body).Handlers);
        Assert.Equal([("s.old", 0, false), ("s.new", 1, false)], system.Endpoints.Select(endpoint => (endpoint.Name, endpoint.Initial, endpoint.Movable)));
    }

    [Fact]
    public void Own_variables_come_before_what_the_system_names()
    {
        var system = Bound("token t { x, y } const n = 3; process p at 1 { var x: 0 .. 7; x = x + n; } process q at 1 { var z: t = x; z = t.y; }");
        var sum = Assert.IsType<BoundExpression.Binary>(Assert.IsType<BoundStatement.Assign>(First(system)).Value);
        Assert.Equal((BinaryOperator.Add, new BoundExpression.Read(system.Variables[0]), new BoundExpression.Literal(3)), (sum.Operator, sum.Left, sum.Right));
        Assert.Equal(new BoundExpression.Literal(1), Assert.IsType<BoundStatement.Assign>(First(system, 1)).Value);
    }

    [Fact]
    public void Ceilings_are_computed_from_all_who_lock()
    {
        const string users = "process a at 5 { lock m { run 1 us; } } process b at 3 { priority 2; nonpreemptive { lock m { run 1 us; } } } process c at 1 { run 1 us; }";
        Assert.Equal(2, Bound("mutex m ceiling; " + users).Mutexes[0].Ceiling);
        Assert.Equal((MutexProtocol.Ceiling, 1), (Bound("mutex m ceiling 1; " + users).Mutexes[0].Protocol, Bound("mutex m ceiling 1; " + users).Mutexes[0].Ceiling));
        var spec = Spec.Bind("system t; mutex m ceiling; " + users + " variant v { a at 0; mutex m inheritance; } variant w { a at 0; }");
        Assert.Equal(MutexProtocol.Inheritance, spec.ForVariant("v")!.Mutexes[0].Protocol);
        Assert.Equal(0, spec.ForVariant("w")!.Mutexes[0].Ceiling);
    }

    [Fact]
    public void Variants_replace_declarations()
    {
        var spec = Spec.Bind("""
            system t;
            duration d = 5 us; const n = 2; parameter q in 1 us .. 4 us;
            process p at n instances a, b { repeat n { run d + q; } }
            variant v { duration d = 6 us; const n = 3; parameter q = 2 us; machine { cores 2; } }
            variant w { p at 7; p.b at 8; }
            property q: max response(x) in v;
            process x at 0 periodic 1 ms { run 1 us; }
            """);
        Assert.Empty(spec.Diagnostics);
        var v = spec.ForVariant("v")!;
        Assert.Equal((2, 3, 0), (v.Machine.Cores, v.Actors[0].Priority, v.Parameters.Length));
        var repeat = Assert.IsType<BoundStatement.Repeat>(First(v));
        Assert.Equal(3, repeat.Count);
        Assert.Equal(new Rational(8_000), ((BoundStatement.Run)((BoundStatement.Block)repeat.Body).Statements[0]).Duration.Low.Constant);
        Assert.Equal([7, 8, 0], spec.ForVariant("w")!.Actors.Select(actor => actor.Priority));
        Assert.Equal([2, 2, 0], spec.System!.Actors.Select(actor => actor.Priority));
        Assert.Same(v, spec.ForVariant("v"));
        Assert.Null(spec.ForVariant("nobody"));
        Assert.Equal("v", spec.System.Properties[0].Variant);
    }

    [Fact]
    public void Properties_refer_to_properties()
    {
        var system = Bound("""
            process p at 1 { measure m { run 1 us; } }
            fault f: crash p; fault g: lose p at most 3;
            variant v { p at 2; }
            property a: b under g;
            property b: c under f in v;
            property c: max m <= 5 us under f;
            """);
        Assert.Equal([["f", "g"], ["f"], ["f"]], system.Properties.Select(property => property.Under.Select(fault => fault.Name)));
        Assert.Equal(["v", "v", null], system.Properties.Select(property => property.Variant));
        Assert.All(system.Properties, property => Assert.Equal(new Rational(5_000), Assert.IsType<Question.Max>(property.Question).Bound));
        Assert.Equal([1, 3], system.Faults.Select(fault => fault.AtMost));
    }

    [Fact]
    public void Questions_about_actors()
    {
        var system = Bound("""
            endpoint e = s.a;
            mutex m;
            server s at 2 instances a, b absent { var k: 0 .. 3; on go { k = 1; } }
            process p at 1 { lock m { run 1 us; } bind e to s.b dropping inbox; send e.go; bind e to nobody; }
            property q: always bound(e).k < 2 && (bound(e) == s.b || count(s) + count(e) >= waiting(s.a)) && holder(m) != p;
            """);
        var condition = Assert.IsType<Question.Always>(system.Properties[0].Question).Condition;
        var (left, holder) = Assert.IsType<BoundExpression.Binary>(condition) is var and ? (and.Left, and.Right) : default;
        Assert.Equal("p", Assert.IsType<BoundExpression.Holds>(Assert.IsType<BoundExpression.Unary>(holder).Operand).Actor.Name);
        var less = Assert.IsType<BoundExpression.Binary>(Assert.IsType<BoundExpression.Binary>(left).Left);
        Assert.Equal(["s.a.k", "s.b.k", null], Assert.IsType<BoundExpression.ReadBound>(less.Left).ByActor.Select(variable => variable?.Name));
        var either = Assert.IsType<BoundExpression.Binary>(Assert.IsType<BoundExpression.Binary>(left).Right);
        Assert.Equal("s.b", Assert.IsType<BoundExpression.IsBoundTo>(either.Left).Actor.Name);
        var statements = ((BoundStatement.Block)system.Actors[2].Body).Statements;
        Assert.Equal((1, InboxRule.Drop), (((BoundStatement.Bind)statements[1]).Target!.Index, ((BoundStatement.Bind)statements[1]).Rule));
        Assert.Null(((BoundStatement.Bind)statements[3]).Target);
    }

    [Theory]
    [InlineData("-(3 - 5) * 4", 8)]
    [InlineData("12 / 4 + 1", 4)]
    [InlineData("a - 1", 6)]
    public void Constants_are_folded(string expression, int value)
    {
        var system = Bound($"const a = 7; const b = {expression}; process p at b {{ run a * 1 us; }}");
        Assert.Equal(value, system.Actors[0].Priority);
    }

    [Fact]
    public void An_answer_goes_to_a_variable()
    {
        var system = Bound("server s at 1 { on get { reply 2; } on nop { reply; } } process p at 2 { var n: 0 .. 3; n = call s.get else { n = 0; } call s.nop; }");
        var call = Assert.IsType<BoundStatement.Call>(First(system, 1));
        Assert.Equal((0, "s", "get"), (call.Result, call.Endpoint.Name, call.Message.Name));
        Assert.NotNull(call.Refused);
    }

    [Fact]
    public void A_slice_can_be_taken_away() => Assert.True(
        Bound("machine { scheduler priority { quantum 1 ms; } } process p at 1 quantum none { run 1 us; }").Actors[0] is { Unsliced: true, Quantum: null });

    [Fact]
    public void Systems_of_the_repository_bind()
    {
        foreach (string path in Repository.Specs().Where(path => !path.Contains("rejected", StringComparison.Ordinal) && File.ReadAllText(path).Contains("system ", StringComparison.Ordinal)))
        {
            var spec = Spec.Load(path);
            if (spec.Syntax.Files[0].Header is null) continue;
            Assert.DoesNotContain(spec.Diagnostics, diagnostic => diagnostic.Severity == Irekae.Model.Diagnostics.Severity.Error);
            Assert.All(spec.System!.Variants, variant => Assert.NotNull(spec.ForVariant(variant)));
        }
    }
}
