using Irekae.Checker.Audit;
using Irekae.Tests.Checker.Cli;

namespace Irekae.Tests.Checker.Audit;

/// <summary>The pages about the seed paper's claims are what the audit comes to now. UPDATE_GOLDEN=1 writes them.</summary>
public class PaperPageTests
{
    private static readonly Lazy<AuditResult> Audited = new(() =>
    {
        var (result, mistakes) = Auditor.Audit("specs/paper/claims.json", null, CancellationToken.None);
        Assert.Empty(mistakes);
        return result!;
    });

    [Theory]
    [InlineData("paper.md", false)]
    [InlineData("paper.ja.md", true)]
    public void The_page_is_what_comes_out(string name, bool japanese)
    {
        string path = Repository.Folder("docs", name), seen = AuditPage.Of(Audited.Value, japanese);
        if (Golden.Update) File.WriteAllText(path, seen);
        Assert.Equal(File.ReadAllText(path), seen);
    }

    [Fact]
    public void All_91_claims_are_there_and_every_question_has_an_answer()
    {
        Assert.Equal(91, Audited.Value.Claims.Length);
        Assert.DoesNotContain(Audited.Value.Claims, c => c.Ruling == Ruling.NotKnown);
    }

    /// <summary>What proves no statement about all runs is a run, and every run was followed.</summary>
    [Fact]
    public void Every_property_has_a_certificate_or_a_run_that_was_replayed() =>
        Assert.All(Audited.Value.Claims.SelectMany(c => c.Answers).OfType<Answer.OfProperty>(), a => Assert.True(a.Result.Certified is not null || a.Result.Witness is not null, a.Result.Name));
}
