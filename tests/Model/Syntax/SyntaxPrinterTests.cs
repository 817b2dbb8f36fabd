using System.Collections;
using System.Text;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Irekae.Model.Diagnostics;
using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Tests.Model.Syntax;

public class SyntaxPrinterTests
{
    /// <summary>Every construct of the language.</summary>
    internal const string Everything = """
        system all "every construct";
        import "common/ap.irk";
        machine { cores 2; scheduler priority { quantum 100 ms; preempted to tail; slice kept; } ties batch; switch 1 us .. 2 us; }
        machine { scheduler priority; ties any; }
        machine { scheduler priority { quantum none; preempted to head; slice fresh; } ties completion_first; }
        duration d = 1.350 ms from paper("Table 1", minix3.create);
        duration e = 2 * (d + 3 us) / 4 .. d - 1 ns from "the text";
        const n = (3 + 4) * 5 - -2;
        parameter q in 100 us .. forever from guess();
        token state { none, old_state }
        shared ica { var kept: state = old_state; var open: bool; }
        mutex m; mutex mi inheritance; mutex mc ceiling; mutex m3 ceiling 3;
        endpoint nic = driver.old; endpoint empty = nobody;
        process p at 1 on core 0 nonpreemptive quantum none periodic 5 ms offset 0 jitter 1 us deadline 4 ms backlog 2 {
          var x: -1 .. n + 2 = 3;
          after any time; run d .. e; wait d; await x > 0 && !alive(driver.old); x = call ds.store(x, true) else { exit; } call ds.get;
          send nic.transmit(1); notify rs.died; receive { on a(v: 0 .. 3, w: bool) urgent { reply v; } on b { reply; } }
          spawn driver.new; start driver.new; kill driver.old;
          bind nic to driver.new moving inbox; bind nic to nobody dropping inbox; bind nic to driver.old refusing inbox; bind nic to driver.old;
          choose { exit; } or { mark here; } or { }
          if (x == 1) { x = 2; } else if (x == 2) { x = 3; } else { priority 4; }
          repeat 3 { loop { measure t { lock m { nonpreemptive { assert x != 3 "no"; assert true; } } } } }
        }
        process s at 2 sporadic 5 ms .. forever quantum 3 ms inbox 4 { }
        server driver at 3 inbox 3 refuse instances old, new absent { var k: state; init old { k = none; } init { } on get { reply k; } }
        device nic_card inbox 8 drop { on transmit(n: 0 .. 9) { wait 3 us; send nic.done; } }
        fault f: crash driver.old at most 1 notifying rs.died; fault g: lose nic.done; fault h: refuse nic at most n;
        variant fast "faster" { duration d = 1 us; const n = 4; machine { cores 1; } mutex m inheritance; parameter q = 3 ms; driver.old at 0; }
        property a: max t <= 340 us; property b: min gap(p.here) >= 1 us; property c: max response(p); property d: max t;
        property e: always count(nic) <= 1 in fast; property f: never blocked(p) || running(p) under f, g in fast; property g: reachable waiting(p) > 2;
        property h: after t: bound(nic).kept == old_state; property i: every ds.get is answered within 1 ms; property j: a under f;
        measured os.round.alone as t; measured os.round.loaded as total gap(p.here) beyond d + 3 us in fast; measured os.round.other as response(p) during once;
        experiment x "trials" { trials 5 * n; until 2 s; any time 0 .. 1 s; without p, driver.old; observe t, gap(p.here), response(p); in fast; under f, g; }
        experiment y { draw d at 1 us; draw e triangular d; draw d normal 2 us deviation d / 2; draw d empirical "measured/d.csv" "d_us"; draw any time triangular 3 us; }
        property k: always bound(nic) == driver.old || holder(m) != p;
        """;

    [Fact]
    public void What_is_printed_reads_as_the_same_tree() => AssertRoundTrip(Parse(Everything));

    [Fact]
    public void Shipped_specs_are_printed_and_read_as_the_same_tree()
    {
        foreach (string path in Repository.Specs().Where(path => !path.Contains("rejected"))) AssertRoundTrip(Parse(File.ReadAllText(path)));
    }

    [Fact]
    public void The_sample_has_every_kind_of_node()
    {
        var kinds = typeof(SyntaxNode).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(SyntaxNode)) && !type.IsAbstract && type.Name != "Missing");
        string dump = Dump(Parse(Everything));
        Assert.Empty(kinds.Where(kind => kind != typeof(StatementSyntax.Block) && !dump.Contains($"{Name(kind)}(")).Select(Name));
    }

    [Property(MaxTest = 500)]
    public FsCheck.Property Expressions_are_printed_and_read_as_the_same_tree() => Prop.ForAll(Expressions().ToArbitrary(), expression =>
    {
        string printed = SyntaxPrinter.Text(expression);
        var property = (ItemSyntax.Property)Parse($"property p: always {printed};").Items[0];
        return Dump(((QuestionSyntax.Always)property.Question).Condition) == Dump(expression);
    });

    internal static void AssertRoundTrip(FileSyntax file)
    {
        string printed = SyntaxPrinter.Print(file);
        var again = Parse(printed);
        Assert.Equal(Dump(file), Dump(again));
        Assert.Equal(printed, SyntaxPrinter.Print(again));
    }

    private static readonly SourceSpan Nowhere = new(new SourceText("generated", ""), 0, 0);

    private static FsCheck.Gen<ExpressionSyntax> Expressions() => Gen.Sized(size => Expressions(Math.Min(size / 4, 6)));

    private static FsCheck.Gen<ExpressionSyntax> Expressions(int depth)
    {
        var names = Gen.Elements("a", "b", "run", "alive", "max").Select(text => new NameSyntax(text, Nowhere));
        var references = names.NonEmptyListOf().Select(list => new ReferenceSyntax([.. list.Take(3)], Nowhere));
        var leaf = Gen.OneOf(
            Gen.Choose(0, int.MaxValue).Select(value => (ExpressionSyntax)new ExpressionSyntax.Integer(value, Nowhere)),
            Gen.Choose(0, 1_000_000).Select(value => (ExpressionSyntax)new ExpressionSyntax.Time(new(value, 1), Nowhere)),
            Gen.Elements(true, false).Select(value => (ExpressionSyntax)new ExpressionSyntax.Boolean(value, Nowhere)),
            references.Select(reference => (ExpressionSyntax)new ExpressionSyntax.Name(reference, Nowhere)),
            Gen.Elements(Enum.GetValues<QueryKind>()).SelectMany(kind => references.SelectMany(reference => names.Select(member =>
                (ExpressionSyntax)new ExpressionSyntax.Query(kind, reference, kind == QueryKind.Bound ? member : null, Nowhere)))));
        if (depth == 0) return leaf;
        var inner = Expressions(depth - 1);
        return Gen.OneOf(
            leaf,
            Gen.Elements(Enum.GetValues<PrefixOperator>()).SelectMany(sign => inner.Select(operand =>
                (ExpressionSyntax)new ExpressionSyntax.Prefix(sign, operand, Nowhere))),
            Gen.Elements(Enum.GetValues<InfixOperator>()).SelectMany(sign => inner.SelectMany(left => inner.Select(right =>
                (ExpressionSyntax)new ExpressionSyntax.Infix(sign, left, right, Nowhere)))));
    }

    private static FileSyntax Parse(string text)
    {
        var bag = new DiagnosticBag();
        var file = Parser.Parse(new SourceText("t.irk", text), bag);
        Assert.True(bag.Count == 0, DiagnosticRenderer.Render(bag.ToImmutable()) + text);
        return file;
    }

    /// <summary>The tree as text, spans and source aside.</summary>
    private static string Dump(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        SyntaxNode node => $"{Name(node.GetType())}({string.Join(", ", node.GetType().GetProperties()
            .Where(property => property.PropertyType != typeof(SourceSpan) && property.PropertyType != typeof(SourceText))
            .OrderBy(property => property.Name, StringComparer.Ordinal)
            .Select(property => Dump(property.GetValue(node))))})",
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Dump))}]",
        _ => value.ToString()!,
    };

    private static string Name(Type type) => type.DeclaringType is { } outer ? $"{outer.Name}.{type.Name}" : type.Name;
}
