using Irekae.Codegen.Validation;
using Irekae.Model.Numbers;

namespace Irekae.Tests.Codegen.Validation;

public class MeasuredDataTests
{
    private const string Head = "os,measure,condition,statistic,value_ms,samples\n";

    private static MeasuredData Read(string text) => MeasuredData.Read("data.csv", new StringReader(text));

    [Fact]
    public void Values_are_exact_and_know_how_they_were_rounded()
    {
        var data = Read("# a comment, with a comma\n" + Head + "\nant,t,loaded,max,10.140,5\nant,t,loaded,min,10,5\n");
        Assert.Empty(data.Mistakes);
        Assert.Equal(
            [
                new Cell("ant.t.loaded", Statistic.Max, 10_140_000, 500, 5, 4),
                new Cell("ant.t.loaded", Statistic.Min, 10_000_000, 500_000, 5, 5),
            ],
            data.Cells);
        Assert.Equal((new Rational(10_139_500), new Rational(10_140_500)), (data.Cells[0].Low, data.Cells[0].High));
        Assert.Equal("ant.t.loaded.max", data.Cells[0].FullName);
    }

    [Theory]
    [InlineData("value_ns", "3.25", 13, 4)]
    [InlineData("value_us", "3.25", 3_250, 1)]
    [InlineData("value_s", "3.25", 3_250_000_000, 1)]
    public void The_unit_is_that_of_the_column(string column, string value, long numerator, long denominator) =>
        Assert.Equal(new Rational(numerator, denominator), Read($"samples,{column},statistic,condition,measure,os\n5,{value},mean,c,m,o\n").Cells.Single().Printed);

    [Theory]
    [InlineData("", 1, 1, "the file is empty")]
    [InlineData("# only a comment\n\n", 1, 1, "the file is empty")]
    [InlineData(Head, 2, 1, "there are no rows")]
    [InlineData("os,measure,condition,statistic,samples\n", 1, 1, "there is no column 'value_ms'")]
    [InlineData("os,measure,condition,value_ms,samples\n", 1, 1, "there is no column 'statistic'")]
    [InlineData("os,measure,condition,statistic,value_min,samples\n", 1, 32, "'value_min': the unit")]
    [InlineData("os,measure,condition,statistic,value,samples\n", 1, 32, "'value': the unit")]
    [InlineData("os,measure,condition,statistic,value_us,value_ms,samples\n", 1, 41, "two units")]
    [InlineData("os,measure,os,condition,statistic,value_ms,samples\n", 1, 12, "'os' is there twice")]
    [InlineData(Head + "a,b,c,max,NaN,5\n", 2, 11, "NaN")]
    [InlineData(Head + "a,b,c,max,-inf,5\n", 2, 11, "has an end")]
    [InlineData(Head + "a,b,c,max,-0.1,5\n", 2, 11, "not negative")]
    [InlineData(Head + "a,b,c,max,0.3x6,5\n", 2, 11, "'0.3x6' is not a decimal number")]
    [InlineData(Head + "a,b,c,max,316us,5\n", 2, 11, "the unit stands in the head")]
    [InlineData(Head + "a,b,c,max,1e-3,5\n", 2, 11, "without an exponent")]
    [InlineData(Head + "a,b,c,max,\"0,316\",5\n", 2, 11, "'.'")]
    [InlineData(Head + "a,b,c,max,,5\n", 2, 11, "a number is missing")]
    [InlineData(Head + "a,b,c,max,.5,5\n", 2, 11, "is not a decimal number")]
    [InlineData(Head + "a,b,c,max,0.123456789012345678901,5\n", 2, 11, "more than 18 digits")]
    [InlineData(Head + "a,b,c,max, 0.1, many\n", 2, 17, "not a number of samples")]
    [InlineData(Head + "a,b,c,max,0.1,0\n", 2, 15, "not a number of samples")]
    [InlineData(Head + "a,b,c,median,0.1,5\n", 2, 7, "'median' is not max, mean or min")]
    [InlineData(Head + "a,b c,c,max,0.1,5\n", 2, 3, "'b c' is not a name")]
    [InlineData(Head + "a,b,c,max,0.1\n", 2, 11, "5 values where the head has 6 columns")]
    [InlineData(Head + "a,b,c,max,0.1,5,7\n", 2, 15, "7 values where the head has 6 columns")]
    [InlineData(Head + "\n# x\na,b,c,max,0.1,5\na,b,c,max,0.2,5\n", 5, 1, "'a.b.c.max' is there already, in line 4")]
    [InlineData(Head + "a,b,c,max,0.1,5\na,b,c,min,0.1,6\n", 3, 15, "'a.b.c' has 5 samples in line 2")]
    public void What_is_wrong_is_said_with_its_place(string text, int line, int column, string message)
    {
        var mistake = Read(text).Mistakes[0];
        Assert.Equal((line, column), (mistake.Line, mistake.Column));
        Assert.Contains(message, mistake.Message);
        Assert.StartsWith($"data.csv:{line}:{column}: ", mistake.ToString());
    }

    [Fact]
    public void All_mistakes_of_a_file_are_said_at_once_up_to_a_limit()
    {
        Assert.Equal(3, Read(Head + "a,b,c,max,x,5\na,b,c,min,y,0\n").Mistakes.Length);
        Assert.Equal(MeasuredData.MostMistakes, Read(Head + string.Concat(Enumerable.Repeat("a,b,c,max,x,5\n", 1000))).Mistakes.Length);
    }

    [Fact]
    public void A_quotation_mark_that_does_not_end_is_no_endless_value()
    {
        var data = Read(Head + "a,b,c,max,\"0.1,5\n" + new string('x', 100_000));
        Assert.NotEmpty(data.Mistakes);
        Assert.Equal(2, data.Mistakes[0].Line);
    }

    [Fact]
    public void A_file_that_is_not_there_and_one_that_is_no_text_are_said()
    {
        Assert.Contains("cannot be read", MeasuredData.Read(Path.Combine(Path.GetTempPath(), "no such file.csv")).Mistakes.Single().Message);
        string path = Path.GetTempFileName();
        File.WriteAllBytes(path, [.. "os,measure"u8, 0xFF, 0xFE, 0x00]);
        Assert.Contains("not UTF-8", MeasuredData.Read(path).Mistakes.Single().Message);
        File.Delete(path);
    }

    /// <summary>Rows that nobody wants are read and forgotten: what is kept does not grow with the file.</summary>
    [Fact]
    public void Rows_are_streamed()
    {
        const int rows = 100_000;
        var data = MeasuredData.Read("long.csv", Rows(rows), name => name == "os.m7.c");
        Assert.Empty(data.Mistakes);
        Assert.Equal((rows, 1), (data.Rows, data.Cells.Length));
        long before = GC.GetAllocatedBytesForCurrentThread();
        MeasuredData.Read("long.csv", Rows(rows), _ => false);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3_000L * rows);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, 2_000_000_000);
    }

    [Fact]
    public void The_data_of_the_seed_paper_are_right()
    {
        var table = MeasuredData.Read(Repository.Folder("specs", "paper", "table1.csv"));
        Assert.Empty(table.Mistakes);
        Assert.Equal(24, table.Cells.Length);
        Assert.All(table.Cells, cell => Assert.Equal(500, cell.HalfWidth));
        Assert.Equal(new Rational(10_331_000), table.Cells.Single(cell => cell.FullName == "ant.replacement_time.with_send.max").Printed);
    }

    private static LongText Rows(int count) => new(Head, count, next => $"os,m{next},c,max,0.{next % 1000:000},5");
}
