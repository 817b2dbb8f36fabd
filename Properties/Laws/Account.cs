using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Properties.Laws;

internal enum Topic { Lives, Cores, Messages, Mutexes, Jobs }

/// <summary>
/// What a reader of the text and of a run's events alone knows: who is alive, who is ready in which order, who holds a core or a mutex, what waits in each
/// inbox and who has to answer whom. It follows the rules of the language (semantics, section 3) by itself, so that laws can compare what it expects with
/// what events and configurations say.
/// </summary>
internal sealed partial class Account
{
    public Account(Run run)
    {
        Run = run;
        System = run.System;
        Durations = new Durations(run);
        Spec = run.System.System;
        int actors = Spec.Actors.Length;
        Alive = new bool[actors];
        Started = new bool[actors];
        HasRun = new bool[actors];
        Doing = new Status[actors];
        Device = [.. Spec.Actors.Select(a => a.Kind == ActorKind.Device)];
        Values = [.. Spec.Variables.Select(v => v.Initial)];
        Bound = [.. Spec.Endpoints.Select(e => e.Initial)];
        StartCores();
        StartMutexes(run);
        StartMessages();
        StartJobs();
        foreach (var actor in Spec.Actors)
            (Alive[actor.Index], Started[actor.Index]) = (!actor.Absent, !actor.Absent);
    }

    public Run Run { get; }

    public TransitionSystem System { get; }

    public BoundSystem Spec { get; }

    public Durations Durations { get; }

    public int Step { get; private set; }

    /// <summary>Fine ticks.</summary>
    public long Now { get; private set; }

    public bool[] Alive { get; }

    /// <summary>Its body has begun: not only spawned.</summary>
    public bool[] Started { get; }

    /// <summary>It has had a core since it was made.</summary>
    public bool[] HasRun { get; }

    /// <summary>Of processes and servers; devices tell nobody.</summary>
    public Status[] Doing { get; }

    public bool[] Device { get; }

    /// <summary>Of each variable; parameters of handlers are not followed.</summary>
    public int[] Values { get; }

    /// <summary>The actor of each endpoint, or −1.</summary>
    public int[] Bound { get; }

    /// <summary>Messages of this move that found an inbox full, and jobs over the backlog, where that is an error.</summary>
    public int Overflows { get; private set; }

    /// <summary>The timer that made the move happen, or −1.</summary>
    public int Fired { get; private set; } = -1;

    /// <summary>What the events contradict.</summary>
    public List<(Topic Topic, string What)> Doubts { get; } = [];

    public void Begin(Stage stage)
    {
        (Step, Now, Fired) = (stage.Index, stage.Step.Instant, stage.Step.Move.Timer);
        Overflows = 0;
        LeaveWork();
        if (stage.Before is null) Durations.Learn(stage);
        else PassTime(stage);
    }

    public void Read(Event e)
    {
        FlushLevels(e);
        ExpectReaction(e);
        ReadLife(e);
        ReadCore(e);
        ReadMutex(e);
        ReadMessage(e);
        ReadJob(e);
        previous = e;
    }

    /// <summary>The move is over.</summary>
    public void End(Move move)
    {
        FlushLevels(null);
        ExpectReaction(null);
        LearnSections(move);
        previous = null;
    }

    private Event? previous;

    public static Topic TopicOf(EventKind kind) => kind switch
    {
        EventKind.Dispatched or EventKind.Preempted or EventKind.SliceEnds or EventKind.Blocks or EventKind.Ready => Topic.Cores,
        EventKind.Calls or EventKind.Sends or EventKind.Notifies or EventKind.Takes or EventKind.Replies or EventKind.Refused or EventKind.Lost
            or EventKind.Dropped or EventKind.Bound => Topic.Messages,
        EventKind.Locked or EventKind.Unlocked => Topic.Mutexes,
        EventKind.Arrives or EventKind.Released or EventKind.JobEnds => Topic.Jobs,
        EventKind.Fires or EventKind.Spawned or EventKind.StartedUp or EventKind.Killed or EventKind.Crashed or EventKind.Ends or EventKind.MeasureBegins
            or EventKind.MeasureEnds or EventKind.Marks or EventKind.Assigns or EventKind.Chooses => Topic.Lives,
    };

    private void Doubt(Topic topic, string what)
    {
        if (topic switch { Topic.Cores => LevelsKnown, Topic.Messages => MessagesKnown, _ => true }) Doubts.Add((topic, what));
    }

    private string Name(int actor) => Spec.Actors[actor].Name;

    private void ReadLife(Event e)
    {
        switch (e.Kind)
        {
            case EventKind.Spawned:
                if (Alive[e.A]) Doubt(Topic.Lives, $"{Name(e.A)} is made and was alive");
                (Alive[e.A], Started[e.A], HasRun[e.A], Doing[e.A]) = (true, false, false, Status.Idle);
                break;
            case EventKind.StartedUp:
                if (!Alive[e.A] || Started[e.A]) Doubt(Topic.Lives, $"{Name(e.A)} is started and did not wait for it");
                Started[e.A] = true;
                break;
            case EventKind.Killed or EventKind.Crashed or EventKind.Ends:
                if (e.Kind != EventKind.Killed && !Alive[e.A]) Doubt(Topic.Lives, $"{Name(e.A)} ends and was not alive");
                if (Alive[e.A]) EndLife(e.A, bySelf: e.Kind == EventKind.Ends);
                break;
            case EventKind.Assigns:
                if (!Alive[e.A]) Doubt(Topic.Lives, $"{Name(e.A)} assigns and is not alive");
                Values[e.B] = e.C;
                break;
            case EventKind.Dispatched:
                HasRun[e.A] = true;
                break;
        }
    }

    /// <summary>Its own data begin anew; what is shared stays.</summary>
    private void EndLife(int actor, bool bySelf)
    {
        LeaveCores(actor);
        LeaveMutexes(actor);
        LeaveMessages(actor, bySelf);
        LeaveJobs(actor);
        foreach (var variable in Spec.Variables)
            if (variable.Owner == actor) Values[variable.Index] = variable.Initial;
        (Alive[actor], Started[actor], HasRun[actor], Doing[actor]) = (false, false, false, Status.Idle);
    }
}
