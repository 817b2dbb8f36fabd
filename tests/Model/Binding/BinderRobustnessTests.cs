using System.Text;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Diagnostics;
using Irekae.Model.Numbers;
using Irekae.Model.Syntax;
using Irekae.Tests.Model.Syntax;

namespace Irekae.Tests.Model.Binding;

/// <summary>No text makes the binder throw; what it says lies in the text, once for each place; without errors there is a system.</summary>
public class BinderRobustnessTests
{
    private static void Bind(string text)
    {
        var spec = Spec.FromText("t.irk", text);
        DiagnosticRenderer.Render(spec.Diagnostics);
        bool wrong = spec.Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error);
        Assert.Equal(wrong, spec.System is null);
        Assert.All(spec.Diagnostics, diagnostic => Assert.True(diagnostic.Span.Start >= 0 && diagnostic.Span.End <= text.Length, text));
        Assert.Equal(spec.Diagnostics.Length, spec.Diagnostics.DistinctBy(diagnostic => (diagnostic.Code, diagnostic.Span)).Count());
        if (spec.System is { } system) AssertWhole(system);
    }

    /// <summary>Indices are positions, and nothing refers to what is not there.</summary>
    private static void AssertWhole(BoundSystem system)
    {
        Assert.All(system.Actors.Select((actor, place) => (actor.Index, place)), pair => Assert.Equal(pair.place, pair.Index));
        Assert.All(system.Variables.Select((variable, place) => (variable.Index, place)), pair => Assert.Equal(pair.place, pair.Index));
        Assert.All(system.Endpoints.Select((endpoint, place) => (endpoint.Index, place)), pair => Assert.Equal(pair.place, pair.Index));
        Assert.All(system.Endpoints, endpoint => Assert.InRange(endpoint.Initial, -1, system.Actors.Length - 1));
        foreach (var statement in system.Actors.SelectMany(actor => actor.Body.WithDescendants()))
        {
            switch (statement)
            {
                case BoundStatement.Call call:
                    Assert.Same(system.Messages[call.Message.Index], call.Message);
                    Assert.InRange(call.Result, -1, system.Variables.Length - 1);
                    break;
                case BoundStatement.Run run:
                    Assert.True(run.Duration.Low.Constant.Sign >= 0 || !run.Duration.Low.IsConstant);
                    Assert.NotNull(run.Duration.High);
                    break;
                case BoundStatement.Assign assign:
                    Assert.Same(system.Variables[assign.Target.Index], assign.Target);
                    break;
            }
        }
    }

    /// <summary>Pieces that fit together more often than single tokens do.</summary>
    private static readonly string[] Pieces =
    [
        "run d;", "wait 3 us;", "call s.a.m(x);", "x = call e.m(1);", "send s.b.m(2);", "notify e.n;", "reply;", "reply x;", "x = x + 1;", "x = k;", "b = x < 3;", "lock m {", "}", "}", "}",
        "loop {", "repeat n {", "if (b) {", "} else {", "choose {", "} or {", "measure q {", "mark r;", "spawn s.b;", "start s.b;", "kill s.a;", "bind e to s.b;", "bind e to nobody;",
        "receive { on y {", "exit;", "priority 3;", "await bound(e).x == 1;", "assert holder(m) == p;", "after any time;", "x = s.a.x;", "g.v = none;", "run q / n .. d + q;",
        "process p at 2 {", "server s at 3 instances a, b absent {", "device v {", "on m(z: 0 .. 3) {", "on n urgent {", "init a {", "var x: 0 .. 7 = 2;", "var b: bool;", "var t: state;",
        "duration d = 3 us;", "duration d = q + 1 us;", "parameter q in 1 us .. 5 us;", "const n = 4;", "const n = n;", "token state { none, k }", "shared g { var v: state; }", "mutex m ceiling;", "endpoint e = s.a;",
        "fault f: crash s.a;", "variant w { s at 1; }", "variant w { duration d = 4 us; parameter q = 2 us; }", "property a: max q;", "property c: a under f in w;", "property o: every e.m is answered within d;",
        "machine { cores 2; }", "process u at 1 periodic 5 ms jitter d deadline 4 ms {",
    ];

    [Fact]
    public void Random_pieces()
    {
        var random = new Random(5);
        for (int i = 0; i < 1500; i++)
        {
            var text = new StringBuilder("system t;\n");
            int length = random.Next(1, 60);
            for (int j = 0; j < length; j++) text.Append(Pieces[random.Next(Pieces.Length)]).Append('\n');
            Bind(text.ToString());
        }
    }

    [Fact]
    public void Random_tokens()
    {
        string[] tokens =
        [
            .. Words.Reserved, .. Words.Items, .. Words.Statements, .. Words.Members, .. Words.Attributes, .. Words.Questions, .. Words.Queries,
            "x", "y", "3", "4 us", "{", "}", "{", "}", "(", ")", ";", ";", ":", ",", ".", "..", "=", "==", "<=", "+", "-", "*", "/", "!", "&&", "to", "none", "under", "in",
        ];
        var random = new Random(6);
        for (int i = 0; i < 1500; i++)
        {
            var text = new StringBuilder();
            int length = random.Next(120);
            for (int j = 0; j < length; j++) text.Append(tokens[random.Next(tokens.Length)]).Append(' ');
            Bind(text.ToString());
        }
    }

    [Fact]
    public void Mutations_of_every_spec()
    {
        var random = new Random(7);
        foreach (string path in Repository.Specs())
        {
            string text = Whole(path);
            if (text.Length is 0 or > 20_000) continue;
            for (int i = 0; i < 12; i++)
            {
                string mutated = text;
                for (int changes = random.Next(1, 5); changes > 0 && mutated.Length > 0; changes--) mutated = Swap(mutated, random);
                Bind(mutated);
            }
        }
    }

    /// <summary>A specification with what it imports, in one text.</summary>
    internal static string Whole(string path) =>
        string.Concat(SyntaxLoader.Load(path).Files.Select((file, place) => place == 0 ? file.Source.Content : file.Source.Content + "\n")).Replace("import \"", "// \"", StringComparison.Ordinal);

    /// <summary>Whole words change places or go, so that more texts reach the binder than characters would let through.</summary>
    internal static string Swap(string text, Random random)
    {
        string[] words = text.Split(' ');
        int one = random.Next(words.Length), other = random.Next(words.Length);
        switch (random.Next(4))
        {
            case 0: (words[one], words[other]) = (words[other], words[one]); break;
            case 1: words[one] = words[other]; break;
            case 2: words[one] = ""; break;
            default: words[one] += " " + words[other]; break;
        }
        return string.Join(' ', words);
    }

    /// <summary>The least value over the box is at most the value at every point of it.</summary>
    [FsCheck.Xunit.Property]
    public bool The_least_value_is_the_least(int constant, short factor, short other, byte share, byte otherShare)
    {
        Parameter Of(int index) => new(index, $"q{index}", new Interval(AffineTime.Of(10), AffineTime.Of(265)), new Irekae.Model.Text.SourceSpan(new("t", ""), 0, 0));
        var (p, q) = (Of(0), Of(1));
        var time = AffineArithmetic.Sum(AffineTime.Of(constant), AffineArithmetic.Sum(
            AffineArithmetic.Scale(new AffineTime(Rational.Zero, [(q, Rational.One)]), new Rational(other, 3)),
            AffineArithmetic.Scale(new AffineTime(Rational.Zero, [(p, Rational.One)]), factor)));
        var value = constant + (new Rational(factor) * (10 + share)) + (new Rational(other, 3) * (10 + otherShare));
        return AffineArithmetic.Least(time) <= value && time.Terms.All(term => term.Factor.Sign != 0);
    }

    [FsCheck.Xunit.Property]
    public bool Folding_agrees_with_arithmetic(short a, short b, short c)
    {
        int value = (a * b) - (c + a);
        var system = Spec.Bind($"system t; const n = ({a}) * ({b}) - (({c}) + ({a})); shared s {{ var v: n .. n + 3; }} process p at 1 {{ s.v = n + 1; }}").System!;
        return system.Variables[0].Type == new DataType.Range(value, value + 3) && system.Variables[0].Initial == value;
    }
}
