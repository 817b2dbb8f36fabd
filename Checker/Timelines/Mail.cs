using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Model.Text;

namespace Irekae.Checker.Timelines;

/// <summary>
/// Which taking belongs to which sending. Messages of one endpoint wait in one inbox, that of whoever it is bound to, so those of one kind are taken
/// in the order they were sent; what has left the inboxes without being taken is known from the configurations. A caller has one call at most.
/// </summary>
internal sealed class Mail(TransitionSystem system)
{
    private readonly BoundSystem spec = system.System;

    private sealed record Letter(long Sent, int From, int Endpoint, int Message, ArrowKind Kind, SourceSpan? Place)
    {
        public int Caller => Kind == ArrowKind.Call ? From : -1;
    }

    private readonly List<Letter> waiting = [];
    private readonly Dictionary<int, string> called = [];

    public List<Arrow> Arrows { get; } = [];

    /// <param name="fault">What happens in this move; null: none.</param>
    public void Read(Event e, long instant, Fault? fault)
    {
        switch (e.Kind)
        {
            case EventKind.Calls:
                waiting.RemoveAll(letter => letter.Caller == e.A);
                called[e.A] = Name(e.B, e.C);
                waiting.Add(new Letter(instant, e.A, e.B, e.C, ArrowKind.Call, e.By?.Span));
                break;
            case EventKind.Sends:
                waiting.Add(new Letter(instant, e.A, e.B, e.C, ArrowKind.Send, e.By?.Span));
                break;
            case EventKind.Notifies:
                Notify(instant, e.A, e.B, e.C, e.By?.Span);
                break;
            case EventKind.Takes:
                Take(e, instant);
                break;
            case EventKind.Replies:
                Arrows.Add(new Arrow(instant, instant, e.A, e.B, called.GetValueOrDefault(e.B, ""), ArrowKind.Reply, e.By?.Span));
                break;
            case EventKind.Refused:
                waiting.RemoveAll(letter => letter.Caller == e.A);
                break;
            case EventKind.Dropped when waiting.FindLastIndex(letter => letter.Endpoint == e.A && letter.Message == e.B) is >= 0 and var place:
                waiting.RemoveAt(place);
                break;
            case EventKind.Ends or EventKind.Killed or EventKind.Crashed:
                waiting.RemoveAll(letter => letter.Caller == e.A);
                if (e.Kind == EventKind.Crashed && fault is { NotifyEndpoint: >= 0 } telling) Notify(instant, e.A, telling.NotifyEndpoint, telling.NotifyMessage, telling.Span);
                break;
        }
    }

    /// <summary>Merges with an equal one that still waits.</summary>
    private void Notify(long instant, int from, int endpoint, int message, SourceSpan? place)
    {
        if (!waiting.Exists(letter => letter.Kind == ArrowKind.Notify && letter.Endpoint == endpoint && letter.Message == message))
            waiting.Add(new Letter(instant, from, endpoint, message, ArrowKind.Notify, place));
    }

    /// <summary>The move is over: what no inbox holds any more was lost, of equal ones the youngest.</summary>
    public void Settle(IEnumerable<(int Endpoint, int Message, int Caller, bool Notify)> inboxes)
    {
        if (waiting.Count == 0) return;
        var left = new Dictionary<(int, int, int, bool), int>();
        foreach (var message in inboxes) left[message] = left.GetValueOrDefault(message) + 1;
        for (int i = 0; i < waiting.Count;)
        {
            var key = (waiting[i].Endpoint, waiting[i].Message, waiting[i].Caller, waiting[i].Kind == ArrowKind.Notify);
            if (left.GetValueOrDefault(key) == 0)
            {
                waiting.RemoveAt(i);
                continue;
            }

            left[key]--;
            i++;
        }
    }

    /// <summary>A notification comes before all others.</summary>
    private void Take(Event e, long instant)
    {
        int place = waiting.FindIndex(letter => letter.Endpoint == e.B && letter.Message == e.C && letter.Kind == ArrowKind.Notify);
        if (place < 0) place = waiting.FindIndex(letter => letter.Endpoint == e.B && letter.Message == e.C);
        var letter = waiting[place];
        waiting.RemoveAt(place);
        Arrows.Add(new Arrow(letter.Sent, instant, letter.From, e.A, Name(e.B, e.C), letter.Kind, letter.Place));
    }

    private string Name(int endpoint, int message) => $"{spec.Endpoints[endpoint].Name}.{spec.Messages[message].Name}";
}
