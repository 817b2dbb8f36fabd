using System.Text.Json;
using Irekae.Checker.Cli;
using Irekae.Checker.Verification;
using Irekae.Model;
using Irekae.Properties;

namespace Irekae.Tests.Checker.Cli;

/// <summary>What simulate and validate write to files and to programs, and what they say of bad data.</summary>
public sealed class MeasuringTests : IDisposable
{
    private const string Text = """
        system s;
        parameter p in 0 .. 9 us;
        process q at 1 { repeat 3 { mark round; run 5 us; run p; } mark round; measure m { run 1 us .. 3 us; } }
        experiment e { trials 2; observe m, gap(q.round); }
        measured o.m.c as m during e;
        measured o.growth.c as total gap(q.round) beyond 5 us;
        measured o.long.c as gap(q.round) beyond p;
        measured o.more.c as m beyond 500 ns during e;
        """;

    private const string Head = "os,measure,condition,statistic,value_us,samples\n";

    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, true);

    private string Write(string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private Printed Validate(string data, params string[] more) => Console.InProcess(["validate", Write("s.irk", Text), "--data", Write("d.csv", data), "--repetitions", "5", .. more]);

    /// <summary>What is measured during one experiment comes from the same trials, of one compiled simulator; in another variant it is another one.</summary>
    [Fact]
    public void An_experiment_is_repeated_once()
    {
        string path = Write("s.irk", Text + "duration d = 1 us; process z at 3 { run d; } variant v { duration d = 2 us; } measured o.other.c as m in v during e;");
        var spec = SpecFile.Load(path);
        Assert.False(spec.HasErrors);
        var validation = new Validation(spec, null, new VerifyOptions { CompareTies = false }, 3, 1, CancellationToken.None);
        var found = spec.SystemOf(null).Measurements.Where(one => one.Experiment is not null).ToDictionary(one => one.Name, one => validation.Of(one, null).Repetition!);
        Assert.Equal(3, found.Count);
        Assert.Same(found["o.m.c"].Protocol, found["o.more.c"].Protocol);
        Assert.NotSame(found["o.m.c"].Protocol, found["o.other.c"].Protocol);
        Assert.Equal(found["o.m.c"].Statistics[Irekae.Codegen.Validation.Statistic.Max].Quantile(1000), found["o.more.c"].Statistics[Irekae.Codegen.Validation.Statistic.Max].Quantile(1000) + 500);
    }

    /// <summary>An answer is taken for a measurement of the same quantity, in the same variant, with everybody in it; else it is explored.</summary>
    [Theory]
    [InlineData("measured o.m.c as m;", 1, 9)]
    [InlineData("measured o.m.c as m during all;", 1, 9)]
    [InlineData("measured o.m.c as m during alone;", 1, 3)]
    [InlineData("measured o.m.c as m in slow;", 6, 6)]
    [InlineData("measured o.m.c as n;", 2, 4)]
    public void What_verify_has_answered_is_not_explored_again(string measured, int least, int most)
    {
        const string System = """
            system s;
            duration work = 1 us .. 3 us;
            process q at 1 { measure m { run work; } }
            process r at 0 { measure n { run 2 us .. 4 us; } }
            variant slow { duration work = 6 us; }
            experiment all { trials 1; }
            experiment alone { trials 1; without r; }
            property least: min m;
            property most: max m <= 9 us;
            property under_crash: max m under dead;
            fault dead: crash r;

            """;
        var spec = new SpecFile("s.irk", Spec.Bind(System + measured));
        Assert.False(spec.HasErrors);
        // What nobody could find out by exploring.
        PropertyResult Answer(string name, int value) => Verifier.Verify(spec.Spec, new VerifyOptions { Properties = [name] }, null, CancellationToken.None).Results.Single() with { Value = new Extreme(value * 1000, value * 1000, true, false) };
        var validation = new Validation(spec, null, new VerifyOptions { CompareTies = false }, 1, 1, CancellationToken.None) { Answered = [Answer("under_crash", 7), Answer("least", 1), Answer("most", 9)] };
        var found = validation.Of(spec.SystemOf(null).Measurements.Single(), null);
        Assert.Equal((least * 1000, most * 1000), ((int)found.Least!.Proved!.Value.Numerator, (int)found.Most!.Proved!.Value.Numerator));
    }

    [Fact]
    public void Totals_and_what_is_taken_off_are_compared_exactly()
    {
        var printed = Validate(Head + "o,growth,c,mean,10.0,3\no,growth,c,max,9,3\no,long,c,max,5.0,1\no,more,c,max,2.5,2\n", "--json");
        using var answer = JsonDocument.Parse(printed.Out);
        Assert.Empty(Schema.Load(Repository.Folder("docs", "validate.schema.json")).Complaints(answer.RootElement));
        var cells = answer.RootElement.GetProperty("cells").EnumerateArray().ToDictionary(c => c.GetProperty("cell").GetString()!);
        (string?, string?, bool, string?) Exact(string name) => (
            cells[name].GetProperty("exact_min_ns").GetString(), cells[name].GetProperty("exact_max_ns").GetString(), cells[name].GetProperty("inside_exact").GetBoolean(), cells[name].GetProperty("outside_exact_by_ns").GetString());
        Assert.Equal(("0", "9000", false, "950"), Exact("o.growth.c.mean")); // a third of 0 .. 27 us; at least 9.95 us was measured
        Assert.Equal(("0", "27000", true, "0"), Exact("o.growth.c.max"));
        Assert.Equal(("5000", "5000", true, "0"), Exact("o.long.c.max"));
        Assert.Equal(("500", "2500", true, "0"), Exact("o.more.c.max"));
        Assert.Contains("no experiment", cells["o.growth.c.mean"].GetProperty("not_simulated_because").GetString());
        Assert.Equal(1, printed.Code);
    }

    [Fact]
    public void A_total_of_endless_runs_is_said_not_to_be_known()
    {
        var printed = Console.InProcess(
            "validate", Write("s.irk", "system s; process q at 1 { loop { mark round; run 5 us; } } measured o.m.c as total gap(q.round);"), "--data", Write("d.csv", Head + "o,m,c,max,5,1\n"));
        Assert.Equal(2, printed.Code);
        Assert.Contains("o.m.c: exact interval not known, a sum over a whole run: ", printed.Out);
    }

    [Fact]
    public void Pictures_depend_on_the_seed_alone()
    {
        string[] Draw(string name, params string[] seed)
        {
            string into = Path.Combine(folder, name, "deep");
            var printed = Validate(Head + "o,m,c,max,2.5,2\n", ["--plots", into, .. seed]);
            Assert.Contains($"drawn: {Path.Combine(into, "o.m.c.svg")}\n", printed.Out);
            return [.. Directory.EnumerateFiles(into).Order().Select(File.ReadAllText)];
        }

        var first = Draw("a");
        Assert.Single(first);
        Assert.Equal(first, Draw("b"));
        Assert.NotEqual(first, Draw("c", "--seed", "2"));
    }

    [Fact]
    public void Simulated_values_are_drawn_and_told_with_their_counts()
    {
        string spec = Write("s.irk", Text), plot = Path.Combine(folder, "p.svg");
        var printed = Console.InProcess("simulate", spec, "--trials", "50", "--plot", plot, "--json");
        Assert.Equal((0, ""), (printed.Code, printed.Error));
        using var answer = JsonDocument.Parse(printed.Out);
        Assert.Empty(Schema.Load(Repository.Folder("docs", "simulate.schema.json")).Complaints(answer.RootElement));
        foreach (var quantity in answer.RootElement.GetProperty("experiments")[0].GetProperty("quantities").EnumerateArray())
        {
            var histogram = quantity.GetProperty("histogram");
            Assert.Equal(quantity.GetProperty("count").GetInt64(), histogram.GetProperty("counts").EnumerateArray().Sum(count => count.GetInt64()));
            Assert.Equal(histogram.GetProperty("edges").GetArrayLength(), histogram.GetProperty("counts").GetArrayLength() + 1);
        }

        string first = File.ReadAllText(plot);
        Assert.Contains("gap(q.round)", first);
        Console.InProcess("simulate", spec, "--trials", "50", "--plot", plot);
        Assert.Equal(first, File.ReadAllText(plot));
    }

    [Fact]
    public void What_was_interrupted_says_so()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        var validation = new Validation(SpecFile.Load(Write("s.irk", Text)), null, new VerifyOptions { CompareTies = false }, 3, 1, cancel.Token);
        var measured = validation.Of(validation.Spec.SystemOf(null).Measurements[0], null);
        Assert.Equal(("no least value was proved: interrupted", "interrupted"), (measured.Unknown, measured.NotSimulated));
    }

    /// <summary>What does not fit is longer than the terminal; a row stays a line.</summary>
    [Fact]
    public void In_a_narrow_terminal_a_quantity_has_its_line()
    {
        string spec = Write("s.irk", "system s; process a_process_with_quite_a_name at 1 { measure a_measure_with_a_name_that_is_longer_still { run 1 ns .. 100000 s; } }");
        var printed = Console.InTerminal(80, "simulate", spec, "--trials", "20");
        Assert.Equal(0, printed.Code);
        Assert.Matches(@"\n  quantity +count +min +mean +50 % +97.5 % +max\n  a_measure_with_a_name_that_is_longer_still +20( +\S+ s){5}\n +min .* max\n", printed.Out);
    }

    [Fact]
    public void Trials_without_end_are_said_while_others_are_to_come()
    {
        string spec = Write("s.irk", "system s; process p at 1 periodic 10 us { run 1 us; }");
        var printed = Console.InProcess("simulate", spec, "--trials", "2", "--json");
        Assert.Equal((2, "trial 1 of 2 was ended after 100000000 moves: interrupt, and say when trials end with until or --until\n"), (printed.Code, printed.Error));
        printed = Console.InProcess("simulate", spec, "--trials", "2", "--json", "--until", "1 s");
        Assert.Equal((0, ""), (printed.Code, printed.Error));
    }

    [Fact]
    public void What_cannot_be_written_is_said_before_anything_is_done()
    {
        string file = Write("file", "");
        var printed = Validate(Head + "o,m,c,max,2.5,2\n", "--plots", file);
        Assert.Equal((3, ""), (printed.Code, printed.Out));
        Assert.StartsWith($"cannot write '{file}': ", printed.Error);
        string nowhere = Path.Combine(folder, "no", "p.svg");
        printed = Console.InProcess("simulate", Write("s.irk", Text), "--plot", nowhere);
        Assert.Equal((3, ""), (printed.Code, printed.Out));
        Assert.StartsWith($"cannot write '{nowhere}': ", printed.Error);
    }

    [Theory]
    [InlineData("", 1, 1, "the file is empty")]
    [InlineData("os,measure,condition,statistic,samples\no,m,c,max,5\n", 1, 1, "there is no column 'value_ms'")]
    [InlineData("measure,condition,statistic,value_us,samples\nm,c,max,5,5\n", 1, 1, "there is no column 'os'")]
    [InlineData("os,measure,condition,statistic,value_kg,samples\no,m,c,max,5,5\n", 1, 32, "'value_kg': the unit")]
    [InlineData(Head + "o,m,c,max,2.5us,2\n", 2, 11, "the unit stands in the head")]
    [InlineData(Head + "o,m,c,max,NaN,2\n", 2, 11, "NaN is no measured value")]
    [InlineData(Head + "o,m,c,max,2.5,2\no,m,c,min,much,2\n", 3, 11, "'much' is not a decimal number")]
    public void Bad_data_are_refused_with_their_place(string data, int line, int column, string why)
    {
        foreach (string command in new[] { "validate", "calibrate" })
        {
            string path = Write("d.csv", data);
            var printed = Console.InProcess(command, Write("s.irk", Text), "--data", path);
            Assert.Equal((3, ""), (printed.Code, printed.Out));
            Assert.StartsWith($"{path}:{line}:{column}: ", printed.Error);
            Assert.Contains(why, printed.Error);
        }
    }
}
