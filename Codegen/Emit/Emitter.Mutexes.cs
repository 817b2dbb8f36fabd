using Irekae.Model.Binding;
using Irekae.Model.Semantics.Program;
using Mutex = Irekae.Model.Binding.Mutex;

namespace Irekae.Codegen.Emit;

/// <summary>Mutexes, and the priorities that they and <c>priority N</c> change.</summary>
internal sealed partial class Emitter
{
    private static string Owner(Mutex mutex) => $"owner[{mutex.Index}]";

    private void MutexState()
    {
        if (!traits.Mutexes) return;
        c.Comment("Who holds each mutex; who waits for some, in the order they came, and for which.");
        c.Line($"protected readonly int[] owner = new int[{spec.Mutexes.Length}];");
        c.Line("protected PerActor lockQueue, wanted;");
        c.Line("protected int lockCount;");
    }

    private void MutexReset()
    {
        if (!traits.Mutexes) return;
        c.Line("Array.Fill(owner, Nobody);");
        c.Line("lockCount = 0;");
    }

    private void Lock(Actor actor, Instruction i)
    {
        var mutex = spec.Mutexes[i.Index];
        c.Open($"if ({Owner(mutex)} == Nobody)");
        c.Line($"{Owner(mutex)} = {actors[actor.Index]};");
        c.Line($"{At(actor)}++;");
        c.Close();
        c.Open("else");
        c.Line($"wanted[{actors[actor.Index]}] = {i.Index};");
        c.Line($"lockQueue[lockCount++] = {actors[actor.Index]};");
        Block(actor, "InLock");
        c.Close();
        if (traits.Urgencies) c.Line("Reprioritise();");
    }

    private void Mutexes()
    {
        if (traits.Mutexes)
        {
            c.Summary("A freed mutex goes to the most urgent waiter, among equals to the one that waits longest.");
            c.Open("protected void Unlock(int mutex)");
            c.Line("owner[mutex] = Nobody;");
            c.Line("int heir = Nobody;");
            c.Open("for (int place = 0; place < lockCount; place++)");
            c.Line("int waiter = lockQueue[place];");
            c.Line($"if (wanted[waiter] == mutex && (heir == Nobody || {Urgency("waiter")} < {Urgency("heir")})) heir = waiter;");
            c.Close();
            c.Open("if (heir != Nobody)");
            c.Line("LeaveLockQueue(heir);");
            c.Line("owner[mutex] = heir;");
            c.Line("at[heir]++;");
            c.Line("BecomeReady(heir);");
            c.Close();
            if (traits.Urgencies) c.Line("Reprioritise();");
            c.Close();
            c.Line();
            c.Open("protected void LeaveLockQueue(int actor)");
            c.Line("int place = 0;");
            c.Line("while (place < lockCount && lockQueue[place] != actor) place++;");
            c.Line("if (place == lockCount) return;");
            c.Line("lockCount--;");
            c.Line("for (; place < lockCount; place++) lockQueue[place] = lockQueue[place + 1];");
            c.Close();
            c.Line();
        }
        if (traits.Urgencies) Reprioritising();
        Sections();
    }

    private void Reprioritising()
    {
        c.Summary("Effective priorities: one's own, the ceilings of what one holds, the most urgent of those who wait for it, through chains of mutexes.");
        c.Open("protected void Reprioritise()");
        c.Line("var levels = priority;");
        if (traits.Mutexes)
        {
            c.Open("for (bool changed = true; changed;)");
            c.Line("changed = false;");
            foreach (var mutex in spec.Mutexes.Where(m => m.Protocol != MutexProtocol.None))
            {
                string level = mutex.Protocol == MutexProtocol.Ceiling ? CodeText.Number(mutex.Ceiling) : $"MostUrgentWaiter({mutex.Index}, levels)";
                c.Comment(mutex.Name);
                c.Open($"if ({Owner(mutex)} != Nobody && {level} is var level{mutex.Index} && level{mutex.Index} < levels[{Owner(mutex)}])");
                c.Line($"levels[{Owner(mutex)}] = level{mutex.Index};");
                c.Line("changed = true;");
                c.Close();
            }
            c.Close();
        }
        c.Open($"for (int actor = 0; actor < {Actors.Length}; actor++)");
        c.Line("int before = urgency[actor];");
        c.Line("if (before == levels[actor]) continue;");
        c.Line("urgency[actor] = levels[actor];");
        c.Line("if (LeaveReadyQueue(actor)) Enqueue(actor, toHead: levels[actor] > before);");
        c.Close();
        c.Close();
        c.Line();
        if (!traits.Mutexes || !spec.Mutexes.Any(m => m.Protocol == MutexProtocol.Inheritance)) return;
        c.Open("protected int MostUrgentWaiter(int mutex, in PerActor levels)");
        c.Line("int most = int.MaxValue;");
        c.Line("for (int place = 0; place < lockCount; place++)");
        c.Line("    if (wanted[lockQueue[place]] == mutex) most = Math.Min(most, levels[lockQueue[place]]);");
        c.Line("return most;");
        c.Close();
        c.Line();
    }
}
