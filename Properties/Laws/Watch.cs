using Irekae.Model.Semantics;

namespace Irekae.Properties.Laws;

/// <summary>One law at work on one run. Asked in this order for each move: time that passes before it, each of its events, what it leads to.</summary>
internal abstract class Watch(Account account)
{
    protected Account Account => account;

    public (int Step, string What)? Breach { get; private set; }

    /// <summary>How often there was something to judge.</summary>
    public long Judged { get; protected set; }

    /// <summary>Time passes in <c>stage.Before</c>: what holds between two moves of one instant is no law. The account is that of before the move.</summary>
    public virtual void Quiet(Stage stage) { }

    /// <summary>The next event. The account does not know it yet.</summary>
    public virtual void See(Event e) { }

    /// <summary>The move is over, and did not stop the run in the middle of something.</summary>
    public virtual void After(Stage stage) { }

    protected void Wrong(string what) => Breach ??= (account.Step, what);

    protected string Name(int actor) => account.Spec.Actors[actor].Name;
}

/// <summary>What the events contradict by themselves, of one topic.</summary>
internal sealed class Consistency(Account account, Topic topic) : Watch(account)
{
    public override void See(Event e) => Judged += Account.TopicOf(e.Kind) == topic ? 1 : 0;

    public override void After(Stage stage)
    {
        if (Account.Doubts.Find(d => d.Topic == topic) is { What: { } what }) Wrong(what);
    }
}
