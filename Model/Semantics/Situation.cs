using Irekae.Model.Text;

namespace Irekae.Model.Semantics;

/// <summary>What one actor is at in a configuration, for readers: between two moves of a run nothing of this changes.</summary>
/// <param name="Exists">Alive, whether or not its body has begun.</param>
/// <param name="Status">What it is at, or waits for; <see cref="Status.Idle"/> where it does not exist.</param>
/// <param name="Core">The core it holds; −1: none.</param>
/// <param name="Switching">Its core is still changing to it, so it makes no progress.</param>
/// <param name="Priority">In force now: its own, a ceiling, or what it inherits. 0 is most urgent. Of a device it means nothing.</param>
/// <param name="On">The actor it waits for: where its call waits or is handled, or who holds the mutex; −1: none that can be named.</param>
/// <param name="What">What it waits for, such as <c>ds.store</c>, the name of a mutex, or the condition; null: it waits for none of these.</param>
/// <param name="Place">The statement it is at; null: none.</param>
public sealed record Situation(bool Exists, Status Status, int Core, bool Switching, int Priority, int On, string? What, SourceSpan? Place)
{
    internal static Situation Nowhere { get; } = new(false, Status.Idle, -1, false, 0, -1, null, null);
}
