using Irekae.Model.Binding;

namespace Irekae.Tests.Link;

/// <summary>Events of the environment.</summary>
internal sealed partial class Translator
{
    private World AwaitCrashes(World world) =>
        observation.Faults.Where(f => f.Kind == FaultKind.Crash).Aggregate(world, (w, f) => Begin(w, Name.Fault(f), Times.Any));

    private World Crashes(World world, string name)
    {
        int k = observation.Faults.FindIndex(f => f.Name == name);
        var fault = observation.Faults[k];
        // One that finds nobody is the last: a crash may come at any time, so that it comes later is another run.
        if (!IsAlive(world, fault.Actor)) return world with { FaultsLeft = world.FaultsLeft.SetItem(k, 0) };
        world = Spend(world, k);
        if (world.FaultsLeft[k] > 0) world = Begin(world, Name.Fault(fault), Times.Any);
        world = Dies(world, fault.Actor, ofItself: false);
        if (fault.NotifyEndpoint < 0) return world;
        int to = world.Bound[fault.NotifyEndpoint];
        if (to < 0 || !IsAlive(world, to)) return world;
        var letter = new Letter(fault.NotifyMessage, [], -1, fault.NotifyEndpoint, true);
        if (Merges(world, to, letter)) return world;
        var (after, how) = Put(world, to, letter);
        return how == Delivery.Overflow ? Wrong(after, "check.overflow") : after;
    }

    /// <summary>What the environment may do to a message on its way.</summary>
    private IEnumerable<(World World, FaultKind Kind)> Disturbances(World world, Letter letter)
    {
        for (int k = 0; k < observation.Faults.Length; k++)
        {
            var fault = observation.Faults[k];
            if (fault.Kind == FaultKind.Crash || fault.Endpoint != letter.Endpoint || (fault.Message >= 0 && fault.Message != letter.Message)) continue;
            // What is not a call has nobody who could be refused.
            if (fault.Kind == FaultKind.Refuse && letter.Caller < 0) continue;
            if (world.FaultsLeft[k] > 0) yield return (Spend(world, k).Tell($"{fault.Name} happens"), fault.Kind);
        }
    }

    private World Spend(World world, int k) => mistake == Mistake.FaultNotSpent ? world : world with { FaultsLeft = world.FaultsLeft.SetItem(k, world.FaultsLeft[k] - 1) };
}
