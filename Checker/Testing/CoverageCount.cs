using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Model.Text;

namespace Irekae.Checker.Testing;

/// <summary>Adds up what the runs of all threads and groups came by. Instances of one declaration share its text, so what one of them executes is reached.</summary>
internal sealed class CoverageCount
{
    private readonly Dictionary<SourceSpan, bool> statements = [];
    private readonly Dictionary<string, bool> timers = [];

    public void Add(Watch watch)
    {
        var (unreached, fired) = (watch.Unreached, watch.Fired);
        foreach (var span in watch.System.Statements().Select(statement => statement.Span)) Note(statements, span, !unreached.Contains(span));
        foreach (var timer in watch.System.Timers.Where(timer => fired.Contains(timer.Id) || CanFire(watch.System.System, timer))) Note(timers, Name(timer), fired.Contains(timer.Id));
    }

    public Coverage Of(BoundSystem system)
    {
        // A handler is reached when a statement of its body is; of one without a body nothing can be said.
        var handlers = system.Actors.SelectMany(actor => actor.Body.WithDescendants().OfType<BoundStatement.Receive>().SelectMany(receive => receive.Handlers.Select(handler => (Actor: actor, Handler: handler))))
            .Select(one => (Name: $"{one.Actor.Family}.{one.Handler.Message.Name}", one.Handler.Span, Body: one.Handler.Body.WithDescendants().Select(statement => statement.Span).Where(statements.ContainsKey).ToList()))
            .Where(one => one.Body.Count > 0).DistinctBy(one => one.Span).ToList();
        var unreachedHandlers = handlers.Where(one => !one.Body.Exists(span => statements[span])).Select(one => (one.Name, one.Span)).ToList();
        var unreached = statements.Where(pair => !pair.Value).Select(pair => pair.Key).OrderBy(span => span.Source.Path, StringComparer.Ordinal).ThenBy(span => span.Start).ToList();
        var unfired = timers.Where(pair => !pair.Value).Select(pair => pair.Key).Order(StringComparer.Ordinal).ToList();
        return new Coverage(
            (statements.Count - unreached.Count, statements.Count), (handlers.Count - unreachedHandlers.Count, handlers.Count), (timers.Count - unfired.Count, timers.Count),
            [.. unreached], [.. unreachedHandlers], [.. unfired]);
    }

    /// <summary>As far as the text tells. Whether a slice can end the text does not tell: one that never did is not held against the runs.</summary>
    private static bool CanFire(BoundSystem system, TimerInfo timer) => timer.Kind switch
    {
        TimerKind.Arrival or TimerKind.Jitter or TimerKind.Fault => true,
        TimerKind.Work => system.Actors[timer.Subject].Body.WithDescendants().Any(statement => statement is BoundStatement.Run),
        TimerKind.Wait => system.Actors[timer.Subject].Body.WithDescendants().Any(statement => statement is BoundStatement.Wait or BoundStatement.AfterAnyTime),
        _ => false,
    };

    private static string Name(TimerInfo timer) => timer.Name;

    private static void Note<T>(Dictionary<T, bool> seen, T key, bool reached) where T : notnull => seen[key] = reached || seen.GetValueOrDefault(key);
}
