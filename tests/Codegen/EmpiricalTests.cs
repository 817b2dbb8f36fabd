using Irekae.Codegen.Emit;
using Irekae.Codegen.Running;
using Irekae.Codegen.Simulator;
using Irekae.Codegen.Validation;
using Irekae.Model;
using Irekae.Model.Binding;
using Irekae.Model.Numbers;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Console = Irekae.Tests.Checker.Cli.Console;

namespace Irekae.Tests.Codegen;

/// <summary>Durations drawn from measured values, and every place where an interval is drawn.</summary>
public sealed class EmpiricalTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("irekae-empirical").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    private string Write(string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private const string System = """
        system s;
        duration work = 2 us .. 9 us;
        process p at 1 { repeat 1000 { measure one { run work; } } }
        experiment e { trials 4; draw work empirical "work.csv" "work_us"; }
        """;

    private Protocol Protocol(string text, string csv)
    {
        Write("work.csv", csv);
        var spec = Spec.Load(Write("s.irk", text));
        Assert.True(spec.System is not null, string.Join('\n', spec.Diagnostics.Select(d => d.Message)));
        return Irekae.Codegen.Running.Protocol.Of(spec.System, spec.System.Experiments[0], 1);
    }

    [Fact]
    public void Each_value_is_drawn_as_often_as_it_is_there()
    {
        var protocol = Protocol(System, "# measured\nname,work_us\na,2.5\nb,2.50\nc,\"3.125\"\nd,9\n");
        var values = new SortedDictionary<Rational, long>();
        protocol.Simulator.Run(protocol.Plan with { Rows = true }, trial =>
        {
            foreach (var row in trial.Rows) values[protocol.Simulator.Nanoseconds(row.Value)] = values.GetValueOrDefault(protocol.Simulator.Nanoseconds(row.Value)) + 1;
        });
        Assert.Equal([2_500, 3_125, 9_000], values.Keys);
        Assert.Equal(4_000, values.Values.Sum());
        // Four standard deviations of 4,000 draws.
        Assert.InRange(values[2_500], 1_870, 2_130);
        Assert.InRange(values[3_125], 890, 1_110);
    }

    [Theory]
    [InlineData("", "work.csv:1:1: the file is empty")]
    [InlineData("work_us\n", "work.csv:2:1: there are no rows")]
    [InlineData("work\n3\n", "work.csv:1:1: there is no column 'work_us'; there are: work")]
    [InlineData("work_us,work_us\n3,3\n", "work.csv:1:9: the column 'work_us' is there twice")]
    [InlineData("a,work_us\n1,3\n2\n", "work.csv:3:1: 1 value where the head has 2 columns")]
    [InlineData("a,work_us\n1, NaN\n", "work.csv:2:4: NaN")]
    [InlineData("a,work_us\n1,3 us\n", "work.csv:2:3: '3 us': the unit stands in the head")]
    [InlineData("a,work_us\n1,three\n", "work.csv:2:3: 'three' is not a decimal number")]
    [InlineData("work_us\n-3\n", "work.csv:2:1: '-3': a time is not negative")]
    [InlineData("work_us\n3\n9.001\n", "work.csv:3:1: work lies between 2 us and 9 us, and 9.001 us does not")]
    public void What_is_wrong_with_a_file_is_said_with_its_place(string csv, string expected)
    {
        var mistakes = Assert.Throws<MistakenDataException>(() => Protocol(System, csv)).Mistakes;
        Assert.Contains(mistakes, mistake => mistake.ToString()[(folder.Length + 1)..].StartsWith(expected, StringComparison.Ordinal));
        Assert.Equal(3, Console.InProcess("simulate", Path.Combine(folder, "s.irk")).Code);
    }

    [Theory]
    [InlineData("work.csv", "work", "the name of the column has to end with the unit")]
    [InlineData("other.csv", "work_us", "'other.csv' cannot be read")]
    [InlineData("../work.csv", "work_us", "data lie in the folder of the specification")]
    [InlineData("/work.csv", "work_us", "data lie in the folder of the specification")]
    [InlineData(".", "work_us", "is a folder")]
    public void What_cannot_be_read_is_said(string file, string column, string expected)
    {
        string text = System.Replace("\"work.csv\" \"work_us\"", $"\"{file}\" \"{column}\"", StringComparison.Ordinal);
        Assert.Contains(expected, Assert.Throws<MistakenDataException>(() => Protocol(text, "work\n3\n")).Mistakes[0].Message, StringComparison.Ordinal);
    }

    /// <summary>Of a long column memory holds what differs, and there is a limit to that.</summary>
    [Fact]
    public void Columns_are_streamed_and_what_differs_is_limited()
    {
        var spec = Spec.FromText("s.irk", System);
        var rule = (DrawRule.Empirical)spec.System!.Experiments[0].Draws[0].Rule;
        var values = new ColumnReader("long.csv", new LongText("work_us\n", 300_000, k => $"{2 + k % 7}.{k % 10}"), rule).Read();
        Assert.Equal((70, 300_000), (values.Values.Length, values.Values.Sum(v => v.Count)));
        var tooMany = new ColumnReader("long.csv", new LongText("work_us\n", 70_000, k => $"2.{k:000000}"), rule);
        tooMany.Read();
        Assert.StartsWith("long.csv:65538:1: more than 65536 different values", tooMany.Mistakes[0].ToString(), StringComparison.Ordinal);
    }

    /// <summary>What the simulator needs of a file stands in its text, as numbers.</summary>
    [Fact]
    public void The_simulator_needs_no_file_and_no_text_of_it_becomes_code()
    {
        var protocol = Protocol(
            System.Replace("work_us", "} class Evil { // _us", StringComparison.Ordinal), "\"} class Evil { // _us\",note\n3,\"*/ } class Evil { }\"\n2.25,x\n");
        string text = protocol.Simulator.Emitted.Text;
        Assert.DoesNotContain("Evil", text, StringComparison.Ordinal);
        Assert.DoesNotContain(".csv", text, StringComparison.Ordinal);
        Assert.Contains("2250, 3000,", text, StringComparison.Ordinal);
        Assert.Single(CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>(), type => type.Identifier.Text == "Column0");
    }

    /// <summary>Every place where an interval is drawn takes the rule of its duration.</summary>
    [Fact]
    public void Draw_holds_wherever_the_duration_stands()
    {
        const string text = """
            system s;
            machine { cores 1; scheduler priority { quantum slice; } switch cost; }
            duration slice = 5 us .. 6 us;
            duration cost = 1 us .. 2 us;
            duration work = 2 us .. 9 us;
            duration start = 0 .. 20 us;
            duration every = 100 us .. 120 us;
            duration late = 0 .. 5 us;
            duration slow = 10 us .. 20 us;
            duration pause = 1 us .. forever;
            process p at 1 { after any time; run work; call d.go; wait pause; }
            process q at 2 periodic every offset start jitter late { run work; }
            process r at 2 sporadic every { run 1 us; }
            device d { on go { wait slow; reply; } }
            process w at 4 { wait 1 ms; }
            fault f: crash w;
            experiment e {
              any time 0 .. 100 us; under f;
              draw slice at 5.1 us; draw cost at 1.1 us; draw work at 2.1 us; draw start at 3.1 us; draw every at 101.1 us; draw late at 4.1 us; draw slow at 11.1 us;
              draw pause at 7.1 us; draw any time at 13.1 us;
            }
            """;
        var protocol = Protocol(text, "");
        var world = new RecordingWorld();
        var simulation = protocol.Simulator.Create(world);
        simulation.Begin();
        simulation.Run(protocol.Simulator.FineTicks(1_000_000), 2_000);
        var drawn = RecordingWorld.Points.Distinct().Select(protocol.Simulator.Nanoseconds).Order();
        Assert.Equal([1_100, 2_100, 3_100, 4_100, 5_100, 7_100, 11_100, 13_100, 101_100], drawn);
        Assert.Equal(0, RecordingWorld.Uniform);
    }

    [Fact]
    public void The_trigger_is_drawn_as_asked()
    {
        const string text = """
            system s;
            process p at 1 { measure t { after any time; } }
            experiment e { trials 400; any time 10 us .. 20 us; draw any time triangular 12 us; }
            """;
        var protocol = Protocol(text, "");
        var summary = protocol.Simulator.Run(protocol.Plan).Values[0].Summary;
        long Nanoseconds(long fine) => (long)protocol.Simulator.Nanoseconds(fine).Numerator / (long)protocol.Simulator.Nanoseconds(fine).Denominator;
        Assert.InRange(Nanoseconds(summary.Least), 10_000, 10_600);
        Assert.InRange(Nanoseconds(summary.Most), 18_500, 20_000);
        // The mean of a triangle is that of its corners: 14 us.
        Assert.InRange(Nanoseconds((long)(summary.Sum / summary.Count)), 13_600, 14_400);
    }

    [Theory]
    [InlineData("draw work triangular 10 us;", "IRK3023")]
    [InlineData("draw pause triangular 10 us;", "IRK3004")]
    [InlineData("draw any time triangular 10 us;", "IRK3004")]
    [InlineData("any time 0 .. 5 us; draw any time at 10 us;", "IRK3023")]
    [InlineData("draw any time at 1 us; draw any time at 2 us;", "IRK4023")]
    [InlineData("draw work empirical work_us;", "IRK1003")]
    [InlineData("draw work empirical \"f.csv\";", "IRK1003")]
    [InlineData("draw any at 10 us;", "IRK2002")]
    public void Rules_that_say_nothing_are_errors(string rules, string code)
    {
        var spec = Spec.FromText("s.irk", $"system s; duration work = 2 us .. 9 us; duration pause = 1 us .. forever; process p at 1 {{ after any time; run work; wait pause; }} experiment e {{ {rules} }}");
        Assert.Contains(spec.Diagnostics, d => d.Code.Id == code);
    }

    [Fact]
    public void The_command_line_gives_a_rule_in_the_place_of_the_experiments()
    {
        string file = Write("s.irk", System);
        var fixedTo = Console.InProcess("simulate", file, "--draw", "work=at 4 us", "--json");
        Assert.Equal(0, fixedTo.Code);
        Assert.Contains("\"min\": \"4000/1\"", fixedTo.Out, StringComparison.Ordinal);
        Assert.Contains("\"max\": \"4000/1\"", fixedTo.Out, StringComparison.Ordinal);
        Assert.Equal(3, Console.InProcess("simulate", file, "--draw", "work=at 40 us").Code);
        Assert.Equal(3, Console.InProcess("simulate", file, "--draw", "work=somehow").Code);
        Assert.Equal(3, Console.InProcess("simulate", file, "--draw", "work").Code);
        string plain = Write("plain.irk", "system s; duration work = 2 us .. 9 us; process p at 1 { measure one { run work; } }");
        Assert.Contains("experiment drawn", Console.InProcess("simulate", plain, "--draw", "work=at 4 us").Out, StringComparison.Ordinal);
        string any = Write("any.irk", "system s; process p at 1 { measure t { after any time; } } experiment e { draw any time at 5 us; }");
        Assert.Contains("leave --any-time out", Console.InProcess("simulate", any, "--any-time", "1s").Error, StringComparison.Ordinal);
    }

    /// <summary>Keeps what is drawn at a point, and counts what is drawn from more than one value in another way.</summary>
    private struct RecordingWorld : IWorld
    {
        public static readonly List<long> Points = [];
        public static int Uniform;

        public readonly long Between(int timer, long low, long high)
        {
            if (low != high) Uniform++;
            return low;
        }

        public readonly long From(int timer, long low) => Between(timer, low, long.MaxValue);

        public readonly long Parameter(int timer, long low, long high, long step) => low;

        public readonly long Point(int timer, long low, long high, long value)
        {
            Points.Add(value);
            return value;
        }

        public readonly long Triangular(int timer, long low, long high, long mode) => Between(timer, low, high);

        public readonly long Normal(int timer, long low, long high, long mean, long deviation) => Between(timer, low, high);

        public readonly long Empirical(int timer, long low, long high, ReadOnlySpan<long> values, ReadOnlySpan<long> upTo, Int128 multiply, Int128 divide) => Between(timer, low, high);

        public readonly int Choose(int count) => 0;

        public readonly int First(ReadOnlySpan<int> actors) => actors[0];

        public readonly bool GoesOnEarly(int before) => false;

        public readonly int Tie(int count) => 0;

        public readonly void Ended(int quantity, long begin, long end)
        {
        }
    }
}
