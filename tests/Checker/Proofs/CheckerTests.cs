using System.Text;
using System.Text.Json.Nodes;
using Irekae.Checker.Proofs;

namespace Irekae.Tests.Checker.Proofs;

/// <summary>What the checker refuses, and in which words.</summary>
public class CheckerTests
{
    private static (JsonNode Model, JsonNode Certificate) First()
    {
        var (model, certificate) = Proved.Texts("first/first.irk", "bound");
        return (Proved.Parsed(model), Proved.Parsed(certificate));
    }

    /// <summary>With the hash of the model as it is now: so that what is refused is not the hash.</summary>
    private static ProofVerdict Check(JsonNode model, JsonNode certificate)
    {
        byte[] text = Proved.Text(model);
        certificate["model"] = Certificate.Hash(text);
        return Proved.Check(text, Proved.Text(certificate));
    }

    private static ProofVerdict.Rejected Refused(JsonNode model, JsonNode certificate) => Assert.IsType<ProofVerdict.Rejected>(Check(model, certificate));

    [Fact]
    public void ASmallerBoundIsRefusedWhereItFails()
    {
        var (model, certificate) = First();
        var bound = certificate["claims"]![0]!["max"]!.AsArray();
        bound[0] = bound[0]!.GetValue<long>() - 1;
        var refused = Refused(model, certificate);
        Assert.Matches(@"^node \d+, edge \d+$", refused.Where);
        Assert.StartsWith("the premises do not suffice: ", refused.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void ABoundThatIsReachedIsNotStrict()
    {
        var (model, certificate) = First();
        certificate["claims"]![0]!["strict"] = true;
        Assert.Equal("the premises do not suffice: equality is not excluded", Refused(model, certificate).Why);
    }

    [Fact]
    public void EveryEdgeNeedsAStep()
    {
        var (model, certificate) = First();
        certificate["nodes"]![0]!["steps"]!.AsArray().RemoveAt(0);
        Assert.Equal("node 0", Refused(model, certificate).Where);
    }

    [Fact]
    public void ALocationWhoseEdgesAreNotWrittenDownHasNoNode()
    {
        var (model, certificate) = First();
        model["locations"]![certificate["nodes"]![0]!["at"]!.GetValue<int>()]!["edges"] = null;
        Assert.Contains("nothing gets to location", Refused(model, certificate).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void ANegativeFactorIsRefused()
    {
        var (model, certificate) = First();
        var combination = certificate["combinations"]!.AsArray().First(c => c!.AsArray().Count > 1)!.AsArray();
        combination[2] = -1;
        Assert.Contains("is taken -1 times", Refused(model, certificate).Why, StringComparison.Ordinal);
    }

    /// <summary>Nothing stands there that no reason uses, twice, or in another order.</summary>
    [Fact]
    public void NothingInACertificateIsIdle()
    {
        void Refuses(string why, Action<JsonNode> change)
        {
            var (model, certificate) = First();
            change(certificate);
            Assert.Contains(why, Refused(model, certificate).Why, StringComparison.Ordinal);
        }

        Refuses("combination", c => c["combinations"]!.AsArray().Add(new JsonArray(7, 0, 1)));
        Refuses("the same is there twice", c => c["combinations"]!.AsArray().Add(c["combinations"]![0]!.DeepClone()));
        Refuses("is not used", c => c["rows"]!.AsArray().Add(new JsonArray(1_000_003, 0, 0, 1)));
        Refuses("lowest terms", c => c["rows"]!.AsArray().Add(new JsonArray(4, 0, 0, 2)));
        Refuses("in their order", c => c["rows"]!.AsArray().Add(new JsonArray(4, 0, 1, 1, 0, 1)));
        Refuses("is used before", c => c["nodes"]!.AsArray().First(n => n!["rows"]!.AsArray().Count > 0)!["rows"]![0] = 1);
        Refuses("", c => Swap(c["nodes"]!.AsArray()));
    }

    [Fact]
    public void ARowThatNoStepUsesIsRefused()
    {
        var (model, certificate) = First();
        var nodes = certificate["nodes"]!.AsArray();
        int last = nodes.Count - 1; // its combinations come last, so nothing else has to be numbered again
        nodes[last]!["rows"]!.AsArray().Add(certificate["rows"]!.AsArray().Count);
        certificate["rows"]!.AsArray().Add(new JsonArray(1_000_003, 0, 0, 1));
        Refused(model, certificate);
    }

    [Theory]
    [InlineData("\n", "")]
    [InlineData("\n", "\n\n")]
    [InlineData(":", ": ")]
    [InlineData("0", "00")]
    [InlineData("0", "-0")]
    [InlineData("0", "\"0\"")]
    [InlineData("\"rows\"", "\"ro\\u0077s\"")]
    [InlineData("\"rows\"", "\"note\":1,\"rows\"")]
    public void ACertificateHasOneForm(string part, string changed)
    {
        var (model, certificate) = Proved.Texts("first/first.irk", "bound");
        string text = Encoding.ASCII.GetString(certificate);
        int last = text.LastIndexOf(part, StringComparison.Ordinal);
        Assert.IsType<ProofVerdict.Rejected>(Proved.Check(model, Encoding.ASCII.GetBytes(text[..last] + changed + text[(last + part.Length)..])));
    }

    private static void Swap(JsonArray list)
    {
        var first = list[0]!;
        list.RemoveAt(0);
        list.Insert(1, first);
    }

    [Fact]
    public void AClockInAPlaceWithoutMovesMayRunForEver()
    {
        var (model, certificate) = First();
        var node = certificate["nodes"]!.AsArray().First(n => HasClock(model, n!["at"]!.GetValue<int>()))!;
        model["locations"]![node["at"]!.GetValue<int>()]!["edges"] = new JsonArray();
        Assert.Contains("a clock may run for ever", Refused(model, certificate).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherModelIsRefused()
    {
        var (model, certificate) = Proved.Texts("first/first.irk", "bound");
        byte[] renamed = Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(model).Replace("\"says\":\"", "\"says\":\"x", StringComparison.Ordinal));
        Assert.Equal("the certificate is about another model.json", Assert.IsType<ProofVerdict.Rejected>(Proved.Check(renamed, certificate)).Why);
    }

    /// <summary>Each half of a case split has the premises of the whole and one more, so what was shown of the whole holds of both.</summary>
    [Fact]
    public void ACaseSplitIsFollowed()
    {
        var (model, certificate) = First();
        int splits = 0;
        foreach (var node in certificate["nodes"]!.AsArray())
        {
            foreach (var step in node!["steps"]!.AsArray().Select(s => s!.AsObject()).Where(s => s.ContainsKey("to")))
            {
                JsonObject Leaf() => new() { ["to"] = step["to"]!.DeepClone(), ["by"] = step["by"]!.DeepClone() };
                var (then, otherwise) = (Leaf(), Leaf());
                step.Remove("to");
                step.Remove("by");
                step.Insert(0, "if", new JsonArray(5, 0, 0, 1));
                step.Insert(1, "then", then);
                step.Insert(2, "else", otherwise);
                splits++;
            }
        }

        Assert.True(splits > 5);
        Assert.IsType<ProofVerdict.Accepted>(Check(model, certificate));
        var split = certificate["nodes"]![0]!["steps"]!.AsArray().First(s => s!.AsObject().ContainsKey("if"))!;
        split["else"]!["to"] = split["else"]!["to"]!.GetValue<int>() + 1;
        Refused(model, certificate);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"format\":\"irekae-certificate/1\"}")]
    [InlineData("{\"format\":\"irekae-certificate/1\",\"format\":\"irekae-certificate/1\"}")]
    [InlineData("{\"format\":\"\\ud800\"}")]
    [InlineData("\u0000\u0001")]
    public void WhatIsNoCertificateIsAnAnswer(string text)
    {
        var (model, _) = Proved.Texts("first/first.irk", "bound");
        Assert.IsType<ProofVerdict.Rejected>(Proved.Check(model, Encoding.UTF8.GetBytes(text)));
        Assert.IsType<ProofVerdict.Rejected>(Proved.Check(Encoding.UTF8.GetBytes(text), model));
    }

    [Fact]
    public void DepthLengthAndWorkAreLimited()
    {
        var (model, _) = Proved.Texts("first/first.irk", "bound");
        Assert.IsType<ProofVerdict.Rejected>(Proved.Check(model, Encoding.UTF8.GetBytes(new string('[', 5_000_000))));
        Assert.IsType<ProofVerdict.Rejected>(Proved.Check(model, Encoding.UTF8.GetBytes($"{{\"model\":{new string('9', 1_000_000)}}}")));
        var (parsed, certificate) = First();
        certificate["claims"]![0]!["max"]![0] = new string('9', 1_000_000);
        Assert.Equal("a whole number is expected", Refused(parsed, certificate).Why);
        certificate["claims"]![0]!["max"]![0] = new string('9', 300);
        Assert.Equal("nothing comes up to the bound of claim 0: a better one could be claimed", Refused(parsed, certificate).Why);
    }

    /// <summary>The checker can be read, and taken away, on its own.</summary>
    [Fact]
    public void TheCheckerNeedsNothingElseOfTheProgram()
    {
        string text = File.ReadAllText("Checker/Proofs/CertificateChecker.cs");
        Assert.All(text.Split('\n').Where(l => l.StartsWith("using ", StringComparison.Ordinal)), l => Assert.StartsWith("using System", l, StringComparison.Ordinal));
        foreach (string name in Directory.EnumerateFiles("Checker/Proofs", "*.cs").Select(f => Path.GetFileNameWithoutExtension(f)!).Except(["CertificateChecker", "Automaton"]))
            Assert.DoesNotMatch($@"(?<![.\w]){name}\.", text);
        Assert.DoesNotMatch(@"\b(double|float|decimal|Rational)\b", text);
    }

    private static bool HasClock(JsonNode model, int location) =>
        model["locations"]![location]!["timers"]!.AsArray().Any(t => model["timers"]![t!.GetValue<int>()]!["kind"]!.GetValue<string>() == "clock");
}
