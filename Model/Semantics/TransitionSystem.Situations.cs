using Irekae.Model.Binding;
using Irekae.Model.Semantics.Program;

namespace Irekae.Model.Semantics;

/// <summary>What a reader of a run may ask of a configuration.</summary>
public sealed partial class TransitionSystem
{
    public Situation SituationOf(Configuration configuration, int actor)
    {
        int[] cells = configuration.Cells;
        if (!IsAlive(actor, cells)) return Situation.Nowhere;
        int core = -1;
        for (int k = 0; k < System.Machine.Cores; k++)
            if (cells[layout.Running + k] == actor + 1) core = k;
        var status = StatusOf(actor, cells);
        int pc = cells[layout.Of(actor, Layout.Pc)];
        var at = status != Status.Idle && pc < code[actor].Length ? code[actor][pc] : null;
        var (on, what) = status switch
        {
            Status.InCall => (HolderOfCall(cells, actor), $"{System.Endpoints[at!.Index].Name}.{System.Messages[at.Operand].Name}"),
            Status.InLock => (cells[layout.Owners + at!.Index] - 1, System.Mutexes[at.Index].Name),
            Status.InAwait => (-1, at!.Statement!.Span.Text),
            _ => (-1, (string?)null),
        };
        return new Situation(true, status, core, core >= 0 && cells[layout.Switching + core] != 0, PriorityOf(configuration, actor), on, what, at?.Statement?.Span);
    }

    /// <summary>The value of a variable.</summary>
    public int ValueOf(Configuration configuration, Variable variable) => configuration.Cells[layout.Variables + variable.Index];

    /// <summary>What waits in all inboxes: each kind of message at each endpoint (<c>Caller</c> −1: nobody waits for the answer), as often as it waits.</summary>
    public IEnumerable<(int Endpoint, int Message, int Caller, bool Notify)> MessagesIn(Configuration configuration)
    {
        int[] cells = configuration.Cells;
        for (int a = 0; a < layout.Actors; a++)
        {
            for (int m = 0; m < cells[layout.Of(a, Layout.InboxCount)]; m++)
            {
                int at = layout.Inbox[a] + (m * layout.MessageWidth);
                yield return (cells[at + Layout.MessageEndpoint], cells[at + Layout.MessageKind], cells[at + Layout.MessageCaller] - 1, cells[at + Layout.MessageNotify] != 0);
            }
        }
    }

    /// <summary>In whose inbox a call waits, or who handles it; −1: it is lost.</summary>
    private int HolderOfCall(int[] cells, int caller)
    {
        for (int a = 0; a < layout.Actors; a++)
            if (layout.Callers(a, callerCells[a], cells).Exists(cell => cells[cell] == caller + 1)) return a;
        return -1;
    }
}
