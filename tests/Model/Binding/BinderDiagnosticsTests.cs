using Irekae.Model;
using Irekae.Model.Diagnostics;
using Irekae.Tests.Model.Syntax;

namespace Irekae.Tests.Model.Binding;

/// <summary>Where each mistake is underlined. The examples in specs/rejected have the texts.</summary>
public class BinderDiagnosticsTests
{
    private const string Driver = "server driver at 2 instances old, new absent { var kept: bool; on ready { reply; } on put(k: bool) { kept = k; } } ";

    /// <summary>The codes come at the marked places in their order, and no others.</summary>
    private static void Rejects(string marked, params Code[] codes)
    {
        var text = MarkedText.Parse("system t; " + marked);
        var found = Spec.FromText("t.irk", text.Text).Diagnostics;
        Assert.Equal(
            text.Marks.Zip(codes, (mark, code) => (code.Id, mark.Start, mark.Length)),
            found.Select(diagnostic => (diagnostic.Code.Id, diagnostic.Span.Start, diagnostic.Span.Length)));
        Assert.Equal(text.Marks.Count, codes.Length);
        Assert.All(found, diagnostic => Assert.DoesNotContain('\n', diagnostic.Message));
    }

    private static string? Help(string text) => Spec.FromText("t.irk", "system t; " + text).Diagnostics.Single().Help;

    [Theory]
    [InlineData("process p at 1 { run [tick]; }")]
    [InlineData("process p at 1 { spawn [q]; }")]
    [InlineData("process p at 1 { var n: bool; n = [m]; }")]
    [InlineData("process p at 1 { [m] = true; }")]
    [InlineData("process p at 1 { var n: [colour]; n = n; }")]
    [InlineData("process p at 1 { send [q].go; }")]
    [InlineData("process p at 1 { bind [e] to p; }")]
    [InlineData("process p at 1 { lock [m] { run 1 us; } }")]
    [InlineData("process p at 1 { run 1 us; } property q: max [m];")]
    [InlineData("process p at 1 { run 1 us; } property q: max gap([m]);")]
    [InlineData("process p at 1 { run 1 us; } property q: [r];")]
    [InlineData("process p at 1 { run 1 us; } property q: never running(p) under [f];")]
    [InlineData("process p at 1 { run 1 us; } property q: never running(p) in [v];")]
    [InlineData("process p at 1 { run 1 us; } property q: always [shard].x;")]
    [InlineData("process p at 1 { run 1 us; } measured a.b.c as [m];")]
    [InlineData("process p at 1 { run 1 us; measure m { run 1 us; } } measured a.b.c as m in [v];")]
    [InlineData("process p at 1 { run 1 us; measure m { run 1 us; } } measured a.b.c as m beyond [d];")]
    [InlineData("process p at 1 { run 1 us; measure m { run 1 us; } } measured a.b.c as m during [e];")]
    [InlineData("process p at 1 { run 1 us; } variant v { [q] at 3; }")]
    [InlineData("process p at 1 { run 1 us; } variant v { parameter [q] = 3 us; }")]
    [InlineData("token t { a } process p at 1 { var x: t = t.[b]; x = a; }")]
    [InlineData(Driver + "process p at 1 { spawn driver.[nwe]; }")]
    [InlineData("server s at 1 { on m { reply; } init [x] { } }")]
    public void Unknown_names(string marked) => Rejects(marked, Codes.UnknownName);

    [Theory]
    [InlineData("process p at 1 { run [p]; }")]
    [InlineData("duration d = 1 us; process p at 1 { run d; spawn [d]; }")]
    [InlineData("endpoint e = p; process p at 1 { kill [e]; bind e to p; }")]
    [InlineData("mutex m; process p at 1 { lock m { run 1 us; } } property q: always [m];")]
    [InlineData("shared s { var x: bool; } process p at 1 { s.x = true; await [s]; }")]
    [InlineData("endpoint e = driver.old; " + Driver + "process p at 1 { await [e.kept]; bind e to driver.new; }")]
    [InlineData(Driver + "process p at 1 { await [driver.old]; }")]
    public void Names_of_something_else(string marked) => Rejects(marked, Codes.WrongKind);

    [Theory]
    [InlineData("spawn [driver];")]
    [InlineData("call [driver].ready;")]
    [InlineData("await [driver].kept;")]
    [InlineData("await alive([driver]);")]
    public void One_instance_is_meant(string marked) => Rejects(Driver + $"process p at 1 {{ {marked} }}", Codes.AmbiguousInstance);

    [Fact]
    public void All_mistakes_come_in_one_go() => Rejects(
        "duration d = [120]; const c = [d]; process [p] { run [x]; [y] = [true + 1]; loop { run d; } } property q: max [m] <= [3];",
        Codes.UnitMissing, Codes.WrongKind, Codes.PriorityMissing, Codes.UnknownName, Codes.UnknownName, Codes.OperatorMismatch, Codes.UnknownName, Codes.UnitMissing);

    [Fact]
    public void A_wrong_part_silences_what_follows_from_it() => Rejects(
        "duration d = [5]; duration e = 2 * d; const c = [x]; process p at c periodic e { repeat c { run d .. e; } } property q: max response(p) <= d;",
        Codes.UnitMissing, Codes.UnknownName);

    [Theory]
    [InlineData("process p at 1 { wait 5 us .. forever; }")]
    [InlineData("process p at 1 sporadic 5 us .. forever offset 2 us .. forever { run 1 us; }")]
    [InlineData("process p at 1 { run 5 us .. [forever]; }")]
    [InlineData("process p at 1 periodic 5 us offset 0 .. [forever] { run 1 us; }")]
    [InlineData("duration d = 5 us .. forever; process p at 1 { wait d; run [d]; }")]
    public void Forever_ends_what_may_last(string marked)
    {
        var text = MarkedText.Parse("system t; " + marked);
        var found = Spec.FromText("t.irk", text.Text).Diagnostics;
        Assert.Equal(text.Marks.Count, found.Length);
        Assert.All(found, diagnostic => Assert.Equal((Codes.EndlessTime, text.Marks[0].Start + text.Marks[0].Length), (diagnostic.Code, diagnostic.Span.End)));
    }

    [Theory]
    [InlineData("2 us .. 3 us - q", false)]
    [InlineData("q .. 2 us", false)]
    [InlineData("q / 2 .. q", false)]
    [InlineData("q .. 2 us", false, "1 us .. 2 us")]
    [InlineData("q .. 2 us", true, "1 us .. 3 us")]
    [InlineData("3 us .. 4 us - q", false)]
    [InlineData("3 us .. 4 us - 2 * q", true)]
    public void Intervals_are_checked_for_all_values_of_parameters(string interval, bool empty, string range = "0 .. 1 us") => Assert.Equal(
        empty ? [Codes.EmptyInterval.Id] : [],
        Spec.Bind($"system t; parameter q in {range}; process p at 1 {{ run {interval}; }}").Diagnostics.Select(diagnostic => diagnostic.Code.Id));

    [Theory]
    [InlineData("call s.get; ", true)]
    [InlineData("send s.get; ", false)]
    public void Only_called_handlers_must_reply(string statement, bool warned) => Assert.Equal(
        warned ? [Codes.AnswerUncertain.Id] : [],
        Spec.Bind($"system t; server s at 1 {{ on get {{ run 1 us; }} }} process p at 2 {{ {statement} }}").Diagnostics.Select(diagnostic => diagnostic.Code.Id));

    [Theory]
    [InlineData("loop { run 0 .. 1 us; }", true)]
    [InlineData("loop { run 1 us .. 2 us; }", false)]
    [InlineData("loop { choose { run 1 us; } or { n = 1; } }", true)]
    [InlineData("loop { if (n == 1) { exit; } else { wait 1 us; } }", false)]
    [InlineData("loop { await n == 1; }", false)]
    [InlineData("loop { repeat 3 { run 1 us; } }", false)]
    [InlineData("loop { repeat 0 { run 1 us; } }", true)]
    [InlineData("loop { receive { on m { } } }", false)]
    public void Loops_take_time(string statement, bool warned) => Assert.Equal(
        warned ? [Codes.LoopWithoutTime.Id] : [],
        Spec.Bind($"system t; process p at 1 {{ var n: 0 .. 3; n = 0; {statement} }}").Diagnostics.Select(diagnostic => diagnostic.Code.Id));

    [Fact]
    public void A_mistake_in_a_body_is_reported_once_for_all_instances() => Rejects("server s at 1 instances a, b, c { on m { run [x]; } }", Codes.UnknownName);

    [Fact]
    public void Mistakes_of_variants_are_reported() => Rejects(
        "duration d = 5 us; process p at 1 periodic 10 us jitter d { run 1 us; } variant v { duration [e] = 3 us; duration d = 3 us .. [2 ms * 3 ms]; p at [70000]; }",
        Codes.UnknownName, Codes.TimeArithmetic, Codes.OutOfRange);

    [Fact]
    public void What_a_variant_makes_wrong_elsewhere_names_the_variant()
    {
        var found = Spec.Bind("system t; duration d = 5 us; process p at 1 periodic 10 us jitter d { run 1 us; } variant late { duration d = 20 us; }").Diagnostics.Single();
        Assert.Equal(Codes.JitterTooLong, found.Code);
        Assert.EndsWith("(in variant `late`)", found.Message);
    }

    [Fact]
    public void Circles_end() => Rejects(
        "const a = b; const b = [a]; duration d = e; duration e = [d]; process p at 1 { run d; } property q: r; property r: [q];",
        Codes.CyclicDefinition, Codes.CyclicDefinition, Codes.CyclicDefinition);

    [Fact]
    public void Long_chains_of_definitions_end()
    {
        var chain = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"const c{i} = c{i + 1};\n"));
        Assert.Contains(Spec.Bind($"system t; {chain} const c20000 = 1;").Diagnostics, diagnostic => diagnostic.Code == Codes.TooMany);
    }

    [Fact]
    public void What_is_beyond_a_limit_is_told_once()
    {
        string crowd = string.Concat(Enumerable.Range(0, 70).Select(k => $"process p{k} at 1 {{ run 1 us; }} "));
        var diagnostic = Assert.Single(Spec.Bind($"system t; {crowd}").Diagnostics);
        Assert.Equal((Codes.TooMany, "p64"), (diagnostic.Code, diagnostic.Span.Text));
    }

    [Fact]
    public void Suggestions()
    {
        Assert.Equal("did you mean `create`?", Help("duration create = 1 us; process p at 1 { run craete; run create; }"));
        Assert.Equal("write `120 us`, or with ns, ms or s", Help("process p at 1 { run 120; }"));
        Assert.Equal("write one of `driver.old`, `driver.new`", Help(Driver + "process p at 1 { spawn driver; }"));
        Assert.Equal("write `driver.old.ready`, `driver.new.ready`", Help(Driver + "process p at 1 { call ready; }"));
        Assert.Equal("write `bound(e) == NAME` or `bound(e).NAME`", Help("endpoint e = p; process p at 1 { await e; bind e to p; }"));
        Assert.Equal("for a mark write `gap(p.send)`", Help("process p at 1 { mark send; run 1 us; } property q: max send;"));
    }
}
