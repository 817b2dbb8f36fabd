using System.Collections.Immutable;
using Irekae.Model.Diagnostics;
using Irekae.Model.Text;

namespace Irekae.Model.Binding;

/// <summary>What is wrong or suspicious in bodies whose every part is right.</summary>
/// <param name="called">Spans of the handlers whose message somebody calls.</param>
internal sealed class WellFormedness(DiagnosticBag diagnostics, IReadOnlySet<SourceSpan> called)
{
    public void Check(ImmutableArray<Actor> actors)
    {
        foreach (var actor in actors)
        {
            bool receives = actor.Kind != ActorKind.Process;
            var statements = ((BoundStatement.Block)actor.Body).Statements;
            // The endless receive of a server is nothing that the user wrote.
            CheckReached(receives ? statements.RemoveAt(statements.Length - 1) : statements);
            foreach (var statement in statements) Check(statement, [], []);
        }
    }

    private void Check(BoundStatement statement, ImmutableHashSet<int> measured, ImmutableHashSet<int> held)
    {
        switch (statement)
        {
            case BoundStatement.Block block:
                CheckReached(block.Statements);
                break;
            case BoundStatement.Loop loop when Flow.CanEndAtOnce(loop.Body):
                diagnostics.ReportLoopWithoutTime(Binder.Head(loop.Span));
                break;
            case BoundStatement.MeasureBlock block:
                if (measured.Contains(block.Measure.Index)) diagnostics.ReportMeasureNested(Binder.Head(block.Span), block.Measure.Name);
                measured = measured.Add(block.Measure.Index);
                break;
            case BoundStatement.Lock locked:
                if (held.Contains(locked.Mutex.Index)) diagnostics.ReportLockNested(Binder.Head(locked.Span), locked.Mutex.Name);
                held = held.Add(locked.Mutex.Index);
                break;
            case BoundStatement.Receive receive:
                foreach (var handler in receive.Handlers) CheckReplies(handler);
                break;
        }
        foreach (var inner in statement.Children()) Check(inner, measured, held);
    }

    private void CheckReached(ImmutableArray<BoundStatement> statements)
    {
        for (int i = 0; i + 1 < statements.Length; i++)
        {
            if (Flow.CanEnd(statements[i])) continue;
            diagnostics.ReportUnreachable(Binder.Head(statements[i + 1].Span));
            return;
        }
    }

    private void CheckReplies(Handler handler)
    {
        var end = Flow.Answers(handler.Body, Flow.Answered.No, again => diagnostics.ReportAnsweredTwice(again.Span));
        if (end.HasFlag(Flow.Answered.No) && called.Contains(handler.Span)) diagnostics.ReportAnswerUncertain(handler.Span, handler.Message.Name);
    }
}
