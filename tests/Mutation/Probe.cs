using System.Reflection;
using Irekae.Codegen.Running;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Properties.Laws;
using Irekae.Tests.Laws;
using Irekae.Tests.Link;

namespace Irekae.Tests.Mutation;

/// <summary>What is done inside the mutated program, where this class is another than outside: only texts and numbers pass.</summary>
public static class Probe
{
    private const int RunsOfEach = 4;
    private const int Moves = 60;

    /// <summary>The systems once, for all faults: drawing and binding them is none of the semantics' business.</summary>
    private static readonly List<Lazy<Drawn>> Systems = [.. Enumerable.Range(1, 1000).Select(seed => new Lazy<Drawn>(() => LawSystems.Of((ulong)seed)))];

    private static readonly Lazy<List<(string Name, BoundSystem System, Observation Observation)>> Corners = new(() =>
    [
        .. from corner in Link.Corners.All()
           let system = Drawn.Bind(corner.Text, corner.Name)
           from ties in new[] { Ties.CompletionFirst, Ties.Any, Ties.Batch }
           select (corner.Name, system, Linked.Observation(system, system.Properties, ties) with { Faults = system.Faults }),
    ]);

    /// <summary>By laws of runs, over so many systems at most and then the small specifications that together have everything.</summary>
    /// <returns>The laws that notice the fault, how many systems it took, what the first says; null: nobody notices.</returns>
    public static string[]? ByLaws(int fault, int systems)
    {
        Turn(fault);
        try
        {
            for (int k = 0; k < systems; k++)
                if (Noticed(Systems[k].Value.System, null, Systems[k].Value.Says) is var (laws, what)) return [laws, $"{k + 1}", what];
            foreach (var (name, system, observation) in Corners.Value)
                if (Noticed(system, observation.Ties, said => $"{name}\n{said}") is var (laws, what)) return [laws, $"\"{name}\"", what];
            return null;
        }
        finally
        {
            Turn(0);
        }
    }

    private static (string Laws, string What)? Noticed(BoundSystem bound, Ties? ties, Func<string, string> says)
    {
        try
        {
            var system = TransitionSystem.Compile(bound, Everything.Of(bound) with { Ties = ties });
            for (int k = 0; k < RunsOfEach; k++)
            {
                Run run;
                try
                {
                    run = Runs.Of(system, 1, new SeededChooser((ulong)k, k % 2 == 0 ? 0 : 70), Moves);
                }
                catch (OverflowException)
                {
                    continue;
                }

                var breaches = RunLaw.Check(run).Breaches;
                if (!breaches.IsEmpty) return (string.Join(", ", breaches.Select(b => b.Law.Name)), says(string.Join('\n', breaches)));
            }
        }
        catch (Exception e) when (e is not OverflowException)
        {
            return ("a run that breaks off", says(e.ToString()));
        }

        return null;
    }

    /// <summary>By the second translator: what every construct means, then so many random systems.</summary>
    public static string[]? ByTranslation(int fault, int systems)
    {
        int looked = 0;
        foreach (var (name, system, observation) in Corners.Value.Concat(Systems.Take(systems).Select(s => (s.Value.Says(""), s.Value.System, Linked.Observation(s.Value.System, s.Value.System.Properties)))))
        {
            looked++;
            Turn(fault);
            try
            {
                if (Linked.Compare(system, observation, 60).Difference is { } difference) return ["second translation", $"{looked}", $"{name}\n{difference}"];
            }
            catch (OverflowException)
            {
            }
            catch (Exception e)
            {
                return ["second translation", $"{looked}", $"{name}\n{e}"];
            }
            finally
            {
                Turn(0);
            }
        }

        return null;
    }

    private static readonly FieldInfo? Switch = typeof(TransitionSystem).Assembly.GetType(MutatedModel.SwitchType)?.GetField(MutatedModel.SwitchField);

    private static void Turn(int fault) => (Switch ?? throw new InvalidOperationException("this is not the mutated program")).SetValue(null, fault);
}
