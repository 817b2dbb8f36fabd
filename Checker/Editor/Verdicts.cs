using System.Collections.Immutable;
using Irekae.Checker.Explore.Polyhedra;
using Irekae.Checker.Verification;
using Irekae.Model;
using Irekae.Properties;

namespace Irekae.Checker.Editor;

/// <summary>What has been verified of specifications as they stand. A changed one has no verdicts.</summary>
internal sealed class Verdicts
{
    /// <summary>Nobody waits longer before an editor.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock access = new();
    private readonly System.Runtime.CompilerServices.ConditionalWeakTable<Spec, State> states = [];

    private sealed class State
    {
        public Dictionary<string, PropertyResult> Found { get; } = [];

        public Dictionary<string, string> Failed { get; } = [];

        public HashSet<string> Running { get; } = [];

        /// <summary>The text has changed: nobody waits for the answers any more.</summary>
        public CancellationTokenSource Outdated { get; } = new();
    }

    /// <summary>A verdict with its value in one line; null: not asked for yet.</summary>
    public string? Of(Spec spec, string property)
    {
        lock (access)
        {
            if (!states.TryGetValue(spec, out var state)) return null;
            if (state.Running.Contains(property)) return "verifying …";
            if (state.Failed.TryGetValue(property, out string? reason)) return "? unknown: " + reason;
            return state.Found.TryGetValue(property, out var result) ? Line(result) : null;
        }
    }

    /// <summary>What answers some properties, within <see cref="Patience"/> each exploration; from now on they count as being verified, so it has to be called.</summary>
    public Action<CancellationToken> Verifying(Spec spec, ImmutableArray<string> properties)
    {
        var state = states.GetOrCreateValue(spec);
        lock (access) state.Running.UnionWith(properties);
        return cancel =>
        {
            try
            {
                using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel, state.Outdated.Token);
                var options = new VerifyOptions { Properties = properties, TimeLimit = Patience };
                var found = Verifier.Verify(spec, options, null, ending.Token);
                lock (access)
                    foreach (var result in found.Results) state.Found[result.Name] = result;
            }
            catch (ArithmeticException exception) when (exception is OverflowException or CoefficientOverflowException)
            {
                lock (access)
                    foreach (string property in properties) state.Failed[property] = exception.Message;
            }
            finally
            {
                lock (access) state.Running.ExceptWith(properties);
            }
        };
    }

    /// <summary>Ends what goes on about specifications as they no longer stand.</summary>
    public void EndOutdated(Predicate<Spec> stands)
    {
        List<State> outdated;
        lock (access) outdated = [.. states.Where(one => one.Value.Running.Count > 0 && !stands(one.Key)).Select(one => one.Value)];
        foreach (var state in outdated) state.Outdated.Cancel();
    }

    private static string Line(PropertyResult result)
    {
        string value = VerdictWords.Value(result), reason = VerdictWords.Reason(result.Verdict) is { } because ? $": {because}" : "";
        return Cli.VerdictText.Of(result.Verdict) + (value.Length > 0 ? $", {value}" : "") + reason;
    }
}
