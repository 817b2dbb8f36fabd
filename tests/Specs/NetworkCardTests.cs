using Irekae.Checker.Verification;
using Irekae.Model;
using Irekae.Model.Numbers;
using Irekae.Properties;

namespace Irekae.Tests.Specs;

/// <summary>The network card of the seed specifications under senders that are faster than the wire.</summary>
public class NetworkCardTests
{
    private const string Slots = """
        import "common/nic.irk";
        endpoint nic_driver = driver;
        """;

    /// <summary>Two frames at once: the second has the wire when the first has left, and no descriptor is lacking.</summary>
    [Fact]
    public void Frames_wait_for_the_wire()
    {
        var results = Verify($$"""
            system burst;
            {{Slots}}
            process driver at 1 {
              measure burst {
                send nic.transmit; wait 1 us; send nic.transmit; send nic.transmit;
                repeat 3 { measure one { receive { on sent { } } } }
              }
            }
            property all_left: max burst;
            property soonest: min one;
            property all_left_soonest: min burst;
            property spaced: max one;
            """);
        Assert.Equal(
            [3 * 88_160, 87_160, 3 * 88_160, 88_160],
            results.Take(4).Select(r => Assert.IsType<Extreme>(r.Value).Proved!.Value).Select(time => (int)time.Numerator / (int)time.Denominator));
        Assert.All(results, r => Assert.IsType<Verdict.Proved>(r.Verdict));
    }

    [Theory]
    [InlineData("200 us", true)]
    [InlineData("80 us", false)]
    public void A_send_that_begins_before_the_frame_of_another_has_left_is_found(string between, bool fine)
    {
        var results = Verify($$"""
            system two;
            {{Slots}}
            process driver at 1 { repeat 2 { send frame.begun; send nic.transmit; wait {{between}}; } loop { receive { on sent { } } } }
            property left: max frame_left;
            """);
        Assert.Equal(fine, results.Single(r => r.Name == "check.assertions").Verdict is Verdict.Proved);
        if (fine) Assert.Equal(new Rational(88_160), results[0].Value!.Proved);
    }

    private static IReadOnlyList<PropertyResult> Verify(string text)
    {
        string nic = Repository.Folder("specs", "common", "nic.irk");
        var spec = Spec.FromText(Repository.Folder("specs", "drawn.irk"), text, new Dictionary<string, string> { [nic] = File.ReadAllText(nic) });
        Assert.NotNull(spec.System);
        return Verifier.Verify(_ => spec.System!, new VerifyOptions(), null, CancellationToken.None).Results;
    }
}
