using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Properties.Laws;

/// <summary>Jobs of periodic and sporadic processes: first arrived, first released, first done.</summary>
internal sealed partial class Account
{
    /// <summary>Arrivals of unfinished jobs, in fine ticks, the oldest first.</summary>
    public List<long>[] Unfinished { get; private set; } = [];

    /// <summary>Of the unfinished, how many are released.</summary>
    public int[] Released { get; private set; } = [];

    private void StartJobs()
    {
        Unfinished = [.. Spec.Actors.Select(_ => new List<long>())];
        Released = new int[Spec.Actors.Length];
    }

    private void LeaveJobs(int actor)
    {
        Unfinished[actor].Clear();
        Released[actor] = 0;
    }

    private void ReadJob(Event e)
    {
        switch (e.Kind)
        {
            case EventKind.Arrives:
                if (!Started[e.A]) Doubt(Topic.Jobs, $"a job of {Name(e.A)} arrives and it has not begun");
                // One too many is reported and never released.
                if (Unfinished[e.A].Count < Spec.Actors[e.A].Activation!.Backlog) Unfinished[e.A].Add(Now);
                else Overflows++;
                break;
            case EventKind.Released:
                if (++Released[e.A] > Unfinished[e.A].Count) Doubt(Topic.Jobs, $"a job of {Name(e.A)} is released that has not arrived");
                break;
            case EventKind.JobEnds:
                EndJob(e.A);
                break;
        }
    }

    private void EndJob(int actor)
    {
        if (Released[actor] == 0)
        {
            Doubt(Topic.Jobs, $"a job of {Name(actor)} ends that was not released");
            return;
        }

        Released[actor]--;
        Unfinished[actor].RemoveAt(0);
    }
}
