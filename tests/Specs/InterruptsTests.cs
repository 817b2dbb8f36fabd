using Irekae.Checker.Verification;
using Irekae.Model;
using Irekae.Model.Numbers;
using Irekae.Properties;

namespace Irekae.Tests.Specs;

/// <summary>
/// K sporadic interrupts over a round-robin pair: the answer by exploration is that of the equation in <c>specs/interrupts/pair.irk</c>, a run attains it,
/// and the proof's checker accepts it.
/// </summary>
public class InterruptsTests
{
    [Theory]
    [InlineData(1, 336)]
    [InlineData(2, 376)]
    [InlineData(3, 396)]
    [InlineData(4, 426)]
    public void The_longest_replacement_is_exact_and_certified(int k, long microseconds)
    {
        Assert.Equal(microseconds, ByEquation(k));
        var spec = Spec.Load(Repository.Folder("specs", "interrupts", $"k{k}.irk"));
        var options = new VerifyOptions { Properties = ["longest"], CompareTies = false, Certify = true };
        var result = Assert.Single(Verifier.Verify(spec, options, null, TestContext.Current.CancellationToken).Results);
        Assert.IsType<Verdict.Proved>(result.Verdict);
        Assert.True(result is { ForAllTime: true, Value.Attained: true, Certified: not null });
        Assert.Equal(new Rational(microseconds * 1000), result.Value!.Proved);
    }

    private static long ByEquation(int interrupts)
    {
        long w = 0;
        while (true)
        {
            long next = 266 + Enumerable.Range(0, interrupts).Sum(i => (w + 50 + 100 * i - 1) / (50 + 100 * i) * 10);
            if (next == w) return w;
            w = next;
        }
    }
}
