using System.Collections;
using System.Text;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Syntax;
using Irekae.Model.Text;
using Irekae.Properties.Generators;
using Irekae.Tests.Laws;
using Irekae.Tests.Model.Syntax;

namespace Irekae.Tests.Model.Binding;

public class NameTableTests
{
    [Fact]
    public void Every_name_of_the_shipped_specifications_is_known()
    {
        foreach (string path in Shipped()) AssertKnown(Spec.Load(path));
    }

    [Fact]
    public void Every_name_of_generated_systems_is_known()
    {
        foreach (var drawn in Campaign.Systems(Profile.Whole, 40, 10_000)) AssertKnown(Spec.Bind(drawn.Text));
    }

    /// <summary>What is the same thing has one name, so that another name everywhere changes nothing.</summary>
    [Fact]
    public void All_things_of_a_specification_can_be_renamed()
    {
        foreach (string path in Shipped().Append("sample"))
        {
            string text = path == "sample" ? Sample : File.ReadAllText(path);
            var spec = path == "sample" ? Spec.Bind(text) : Spec.Load(path);
            Assert.Empty(spec.Diagnostics.Where(d => d.Severity == Irekae.Model.Diagnostics.Severity.Error));
            var renamed = spec.Names.Things.SelectMany((thing, i) => thing.Names.Select(name => (name.Span, Text: $"renamed{i}"))).ToLookup(edit => edit.Span.Source);
            var texts = spec.Syntax.Files.ToDictionary(file => Path.GetFullPath(file.Source.Path), file => Edited(file.Source, renamed[file.Source]));
            var again = Spec.Load(Path.GetFullPath(spec.Syntax.Files[0].Source.Path), texts);
            Assert.True(again.System is not null, path + "\n" + Irekae.Model.Diagnostics.DiagnosticRenderer.Render(again.Diagnostics));
            Assert.Equal(spec.Diagnostics.Select(d => d.Code), again.Diagnostics.Select(d => d.Code));
            Assert.Equal(Sizes(spec.Names), Sizes(again.Names));
        }
    }

    [Fact]
    public void Names_in_different_spaces_are_different_things()
    {
        var spec = Spec.Bind("""
            system s;
            duration d = 1 us;
            process p at 1 { mark d; measure d { run d; } }
            fault f: crash p;
            property d: max d under f;
            property g: min gap(d);
            """);
        Assert.False(spec.HasErrors);
        Assert.Equal(["a duration 2", "a fault 2", "a mark 2", "a measure 2", "a process 2", "a property 1", "a property 1"],
            spec.Names.Things.Select(thing => $"{thing.Words} {thing.Names.Count}").Order());
    }

    [Theory]
    [InlineData("d", "2 us .. 3 us")]
    [InlineData("e", "q .. q + 1 us, within 1 us .. 6 us")]
    [InlineData("n", "12")]
    [InlineData("v", "0 .. 3")]
    public void What_is_known_of_a_value_is_said(string name, string meaning)
    {
        var spec = Spec.Bind("""
            system s;
            parameter q in 1 us .. 5 us;
            const n = 3 * 4;
            duration d = 2 us .. 3 us;
            duration e = q .. q + 1 us;
            process p at 1 { var v: 0 .. 3; run d; run e; v = n - 11; }
            """);
        Assert.Equal(meaning, spec.Names.Things.Single(thing => thing.Names[0].Text == name).Meaning);
    }

    [Fact]
    public void With_errors_the_rest_is_known()
    {
        var spec = Spec.Bind("system s; duration d = 1 us; process p at 1 { run d; run e; call absent.m; }");
        Assert.True(spec.HasErrors);
        Assert.Equal(2, spec.Names.Things.Single(thing => thing.Words == "a duration").Names.Count);
    }

    private const string Sample = """
        system sample;
        duration d = 1 us .. 2 us;
        const n = 3;
        parameter q in 1 us .. 2 us;
        token state { none, kept }
        token other { none, lost }
        shared ica { var memory: state = kept; }
        mutex m;
        endpoint nic = driver.old;
        process p at 1 {
          var x: state; var y: other;
          y = other.none; x = state.none;
          lock m { measure whole { x = call nic.fetch(n, kept) else { exit; } } }
          mark here; mark here;
          measure whole { run d; }
          spawn driver.new; start driver.new; bind nic to driver.new;
          if (x == driver.new.kept_state && y == lost) { ica.memory = x; }
        }
        process r at 3 { loop { run q; mark here; } }
        server driver at 2 instances old, new absent {
          var kept_state: state;
          init old { kept_state = kept; }
          on fetch(times: 0 .. 5, s: state) { repeat n { run d; } if (s == kept) { receive { on fetch(more: 0 .. 5, late: state) { reply late; } } } reply kept_state; }
          on died { }
        }
        fault f: crash p notifying nic.died; fault g: lose nic.fetch;
        variant fast { duration d = 1 us; const n = 1; parameter q = 1 us; mutex m inheritance; driver.old at 0; p at 1; }
        property a: max whole under f, g; property b: a in fast; property c: min gap(p.here); property e: always bound(nic).kept_state == kept || holder(m) == p;
        property h: after whole: alive(driver.old); property i: every nic.fetch is answered within 1 ms; property j: always count(driver) <= 2 && count(nic) < 2;
        measured os.round.alone as whole in fast during trial;
        experiment trial { trials 1; draw d at 1 us; observe whole, gap(r.here); without driver.new; under f; }
        """;

    private static void AssertKnown(Spec spec)
    {
        Assert.False(spec.HasErrors);
        var unknown = spec.Syntax.Files.SelectMany(file => Names(file)).Where(name => spec.Names.Of(name) is not { Declared.Count: > 0, Words.Length: > 0 });
        Assert.Empty(unknown.Select(name => $"{name.Span}: {name.Text}"));
        Assert.All(spec.Names.Things, thing => Assert.Single(thing.Names.Select(name => name.Text).Distinct()));
        Assert.All(spec.Names.Things, thing => Assert.Equal(thing.Names.Count, thing.Names.Distinct().Count()));
    }

    /// <summary>All names in a tree, but those that only quote: the system's, sources' and data's.</summary>
    private static IEnumerable<NameSyntax> Names(object? value) => value switch
    {
        null or string or SystemSyntax or OriginSyntax => [],
        NameSyntax name => [name],
        ItemSyntax.Measured measured => Names(measured.Quantity).Concat(Names(measured.Beyond)).Concat(Names(measured.In)).Concat(Names(measured.During)),
        SyntaxNode node => node.GetType().GetProperties().Where(property => property.PropertyType != typeof(SourceSpan) && property.PropertyType != typeof(SourceText)).SelectMany(property => Names(property.GetValue(node))),
        IEnumerable list => list.Cast<object?>().SelectMany(Names),
        _ => [],
    };

    private static string Edited(SourceText source, IEnumerable<(SourceSpan Span, string Text)> edits)
    {
        var text = new StringBuilder(source.Content);
        foreach (var (span, with) in edits.OrderByDescending(edit => edit.Span.Start)) text.Remove(span.Start, span.Length).Insert(span.Start, with);
        return text.ToString();
    }

    private static IEnumerable<string> Sizes(NameTable names) => names.Things.Select(thing => $"{thing.Words.Split('`')[0]} {thing.Names.Count} {thing.Declared.Count}").Order();

    private static IEnumerable<string> Shipped() => Repository.Specs().Where(path => !path.Contains("rejected") && !path.Contains("/common/") && !path.EndsWith("pair.irk", StringComparison.Ordinal) && !path.Contains("-accounts"));
}
