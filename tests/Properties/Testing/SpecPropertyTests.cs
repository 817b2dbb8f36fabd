using System.Reflection;
using Irekae.Properties;
using Irekae.Properties.Running;
using Irekae.Properties.Testing;
using Xunit.Sdk;

namespace Irekae.Tests.Properties.Testing;

/// <summary>Specifications as theory data, as users have them.</summary>
public sealed class SpecPropertyTests
{
    [Theory, SpecFile("specs/first/first.irk", Properties = "on?"), SpecFile("specs/first/first.irk", Properties = "bound"), SpecFile("specs/first/first.irk", Properties = "checks")]
    public void Properties_of_a_specification_are_cases(SpecProperty property) => property.Check();

    [Fact]
    public async Task A_case_for_each_property_and_one_for_the_checks()
    {
        var rows = await new SpecFileAttribute("specs/first/first.irk").GetData((MethodInfo)MethodBase.GetCurrentMethod()!, new DisposalTracker());
        Assert.Equal(["first.irk bound", "first.irk too_tight", "first.irk one"], rows.Select(row => row.GetData()[0]!.ToString()).Take(3));
        Assert.Equal("first.irk checks", rows.Last().GetData()[0]!.ToString());
    }

    [Fact]
    public void What_is_refuted_fails_with_its_run()
    {
        var property = Assert.Single(SpecProperty.Of("specs/first/first.irk", "too_tight", 0));
        var failure = Assert.Throws<NotProvedException>(property.Check);
        Assert.StartsWith("refuted: too_tight: max replacement <= 200 us: 212 us attained", failure.Message);
        Assert.Contains("a run of 10 moves shows it:", failure.Message);
        Assert.Contains("the same run: run/1 ", failure.Message);
        Assert.Null(failure.StackTrace);
        Assert.IsType<Verdict.Refuted>(Assert.Single(failure.Results).Verdict);
    }

    [Fact]
    public void A_specification_with_errors_is_one_case_that_fails_with_its_diagnostics()
    {
        string broken = Directory.EnumerateFiles(Repository.Folder("specs", "rejected"), "IRK1003*.irk").First();
        var property = Assert.Single(SpecProperty.Of(broken, null, 0));
        var failure = Assert.Throws<SpecErrorException>(property.Check);
        Assert.Contains("IRK1003", failure.Message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told_with_where_was_looked() =>
        Assert.Contains("there is no specification 'specs/none.irk' in ", Assert.Throws<FileNotFoundException>(() => SpecProperty.Of("specs/none.irk", null, 0)).Message);

    [Fact]
    public void A_pattern_that_names_nothing_is_told() =>
        Assert.Contains("has no property 'nothing*'; there are bound, too_tight", Assert.Throws<ArgumentException>(() => SpecProperty.Of("specs/first/first.irk", "nothing*", 0)).Message);
}
