using Irekae.Codegen.Emit;
using Irekae.Codegen.Running;
using Irekae.Model;
using Irekae.Model.Semantics;
using Irekae.Tests.Checker.Cli;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Console = Irekae.Tests.Checker.Cli.Console;

namespace Irekae.Tests.Codegen;

/// <summary>Emitted code is C# whatever a specification is called and says, and is the text that stands beside the golden specification.</summary>
public sealed class EmitTests
{
    /// <summary>Names that are C# keywords, members of every object or of the simulator; texts that would end a literal, a comment or a line.</summary>
    private const string Hostile = """
        system class "*/ } } public static class Evil { } // {0} \n \u0022; \\";
        duration int = 2 us .. 3 us;
        token namespace { null, this, base }
        shared world { var Equals: namespace = this; var now: bool; }
        endpoint Actor = Settle.get;
        mutex Never;
        server Settle at 1 instances get, set {
          var at: 0 .. 3 = 1;
          on Fire(value: 0 .. 3, steps: bool) urgent { run int; at = value; reply at; }
          on ToString { reply; }
        }
        process Run at 2 {
          var count: 0 .. 3;
          after any time;
          measure Begin { count = call Actor.Fire(2, true) else { } }
          lock Never { run int; }
          assert count == 2 "); } */ System.Environment.Exit(1); // \u0022 {x}";
          mark Moves;
        }
        fault Status: crash Settle.get notifying Settle.set.ToString;
        experiment Life "*/ // }" { trials 2; observe Begin; }
        """;

    [Fact]
    public void No_text_of_a_specification_becomes_code()
    {
        var spec = Spec.FromText("hostile.irk", Hostile);
        Assert.True(spec.System is not null, string.Join('\n', spec.Diagnostics.Select(d => $"{d.Message}: {d.Span.Text}")));
        var system = TransitionSystem.Compile(spec.System, Everything.Of(spec.System));
        var emitted = Emitter.Emit(system, Names.Identifier(spec.System.Name));
        var compiled = CompiledSimulators.Compile([emitted]);
        var run = Runs.Of(system, 1, new SeededChooser(1), 40);
        Assert.Null(new Replayer(emitted, compiled).Difference(run));
        Assert.DoesNotContain("class Evil", string.Concat(CSharpSyntaxTree.ParseText(emitted.Text).GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>().Select(t => $"class {t.Identifier} ")));
    }

    [Theory]
    [InlineData("a */ b // c \n d", "// a */ b // c d\n")]
    [InlineData("a\u2028b\u2029c\u0085d\re", "// a b c d e\n")]
    [InlineData("\u202Eright to left\u0000", "// right to left\n")]
    [InlineData("\\u000A code();", "// \\u000A code();\n")]
    public void A_comment_is_one_line(string text, string expected)
    {
        var code = new CodeText();
        code.Comment(text);
        Assert.Equal(expected, code.ToString());
    }

    [Fact]
    public void Names_stay_apart()
    {
        var names = new Names("Actor");
        Assert.Equal(["driver_old", "driver_old_2", "Actor_2", "class_", "_1", "ToString_"],
            new[] { "driver.old", "driver_old", "Actor", "class", "1", "ToString" }.Select(names.Member));
    }

    [Theory]
    [InlineData("")]
    [InlineData("process p at 1 { }")]
    [InlineData("server p at 1 { on a { reply; } }")]
    [InlineData("device d { }")]
    [InlineData("machine { cores 2; }")]
    public void A_system_may_have_hardly_anything(string rest)
    {
        var system = Spec.FromText("s.irk", $"system s; {rest}").System!;
        var emitted = Emitter.Emit(TransitionSystem.Compile(system, Everything.Of(system)), "Simulator");
        CompiledSimulators.CheckNulls([emitted]);
        Assert.Null(new Replayer(emitted, CompiledSimulators.Compile([emitted])).Difference(Runs.Of(emitted.System, 1, new SeededChooser(1), 10)));
        Assert.True(Sieve.Of(TransitionSystem.Compile(system, Observation.Nothing), []).Fine > 0);
    }

    /// <summary>So that the compiler can work on several at once.</summary>
    [Fact]
    public void Long_bodies_are_spread_over_classes()
    {
        var system = Spec.Load(Repository.Folder("specs", "rtl8139", "rtl8139.irk")).System!;
        var emitted = Emitter.Emit(TransitionSystem.Compile(system, Everything.Of(system)), "Card");
        var bodies = CSharpSyntaxTree.ParseText(emitted.Text).GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>()
            .Select(type => type.Members.OfType<MethodDeclarationSyntax>().Count(method => method.Identifier.Text.StartsWith("Step_", StringComparison.Ordinal)))
            .Where(its => its > 0).ToList();
        Assert.True(bodies.Count > 3);
        Assert.Equal(system.Actors.Length, bodies.Sum());
    }

    [Fact]
    public void What_the_compiler_warms_up_with_has_no_fault() =>
        Assert.Empty(WarmUp.Compilation.Emit(Stream.Null, cancellationToken: TestContext.Current.CancellationToken).Diagnostics);

    /// <summary>UPDATE_GOLDEN=1 writes what is emitted now.</summary>
    [Fact]
    public void The_simulator_of_the_first_specification_is_as_expected()
    {
        var spec = Spec.Load(Repository.Folder("specs", "first", "first.irk"));
        var emitted = Protocol.Of(spec.System!, null, 1).Simulator.Emitted;
        Golden.CheckFile(Repository.Folder("tests", "Codegen", "first.expected.txt"), emitted.Text);
    }

    [Fact]
    public void Code_that_does_not_compile_is_an_error_of_this_program()
    {
        var spec = Spec.Load(Repository.Folder("specs", "first", "first.irk"));
        var emitted = Protocol.Of(spec.System!, null, 1).Simulator.Emitted;
        var failure = Assert.Throws<EmittedCodeException>(() => CompiledSimulators.Compile([emitted with { Text = emitted.Text + "}" }]));
        Assert.Contains("CS1022", failure.Message);
    }

    [Fact]
    public void Null_where_it_is_not_allowed_is_found_when_asked_for()
    {
        var spec = Spec.Load(Repository.Folder("specs", "first", "first.irk"));
        var emitted = Protocol.Of(spec.System!, null, 1).Simulator.Emitted;
        CompiledSimulators.CheckNulls([emitted]);
        var changed = emitted with { Text = emitted.Text + "internal static class More { internal static string Name => null; }" };
        Assert.NotNull(CompiledSimulators.Compile([changed]));
        Assert.Contains("CS8603", Assert.Throws<EmittedCodeException>(() => CompiledSimulators.CheckNulls([changed])).Message);
    }

    [Fact]
    public void A_project_has_all_it_needs()
    {
        var spec = Spec.Load(Repository.Folder("specs", "first", "first.irk"));
        var files = EmittedProject.Of(Protocol.Of(spec.System!, null, 1));
        Assert.Contains("first_simulator.csproj", files.Select(f => f.Path));
        Assert.DoesNotContain(files, f => f.Text.Contains("PackageReference", StringComparison.Ordinal) || f.Text.Contains("Irekae.Model", StringComparison.Ordinal));
        Assert.Equal(
            Directory.GetFiles(Repository.Folder("Codegen", "Simulator"), "*.cs").Select(path => "Simulator/" + Path.GetFileName(path)).Order(StringComparer.Ordinal),
            files.Select(f => f.Path).Where(path => path.StartsWith("Simulator/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("specs/minix3/minix3.irk")]
    [InlineData("specs/ant/ant.irk")]
    public void A_project_runs_by_itself_and_measures_what_simulate_measures(string spec)
    {
        string folder = Directory.CreateTempSubdirectory("irekae-emitted").FullName;
        try
        {
            Assert.Equal(0, Console.InProcess("emit", "--project", "-e", "table1", "-o", folder, Repository.Folder(spec.Split('/'))).Code);
            var run = Console.Start("dotnet", ["run", "-c", "Release", "--project", folder, "--", "3", "7"], [("DOTNET_CLI_TELEMETRY_OPTOUT", "1"), ("MSBUILDDISABLENODEREUSE", "1")]);
            Assert.True(run.Code == 0, run.Out + run.Error);
            var simulated = Console.InProcess("simulate", "-e", "table1", "--trials", "3", "--seed", "7", "--json", Repository.Folder(spec.Split('/')));
            using var json = System.Text.Json.JsonDocument.Parse(simulated.Out);
            var quantities = json.RootElement.GetProperty("experiments")[0].GetProperty("quantities").EnumerateArray()
                .Select(q => $"{q.GetProperty("name").GetString()},{q.GetProperty("count").GetInt64()},{Number(q.GetProperty("min").GetString()!)}").ToList();
            Assert.NotEmpty(quantities);

            static string Number(string fraction) => fraction.EndsWith("/1", StringComparison.Ordinal) ? fraction[..^2] : fraction;
            Assert.All(quantities, line => Assert.Contains("\n" + line + ",", run.Out));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
