using Irekae.Model.Syntax;
using Irekae.Model.Text;

namespace Irekae.Model.Binding;

/// <summary>What stands between a name and its body: priority, core, activation, inbox.</summary>
internal sealed partial class Binder
{
    private sealed record Header(
        int Priority, int Core, bool NonPreemptive, Interval? Quantum, bool Unsliced, Activation? Activation, int InboxDepth, WhenFull WhenFull);

    private Header BindAttributes(FamilySymbol family, Machine machine)
    {
        var header = new Header(0, -1, false, null, false, null, DefaultInbox, WhenFull.Error);
        var written = new Dictionary<string, AttributeSyntax>();
        foreach (var attribute in family.Item.Attributes)
        {
            string word = Word(attribute);
            if (!written.TryAdd(word, attribute)) diagnostics.ReportAttributeRepeated(attribute.Span, word);
            if (Obstacle(family.Item.Kind, attribute) is { } why) diagnostics.ReportAttributeMisplaced(attribute.Span, word, why);
            header = attribute switch
            {
                AttributeSyntax.Priority priority => header with { Priority = BindCount(priority.Value, "the priority", 0, LargestPriority) },
                AttributeSyntax.Core core => header with { Core = BindCount(core.Number, "the core", 0, machine.Cores - 1) },
                AttributeSyntax.NonPreemptive => header with { NonPreemptive = true },
                AttributeSyntax.Quantum quantum => header with
                {
                    Quantum = quantum.Length is null ? null : BindPositiveInterval(quantum.Length, "the quantum"),
                    Unsliced = quantum.Length is null,
                },
                AttributeSyntax.Inbox inbox => header with { InboxDepth = BindCount(inbox.Depth, "the depth of an inbox", 1, MaximumQueue), WhenFull = inbox.WhenFull },
                _ => header,
            };
        }
        if (family.Item.Kind != ActorKind.Device && !written.ContainsKey("at")) diagnostics.ReportPriorityMissing(family.Span, family.Name);
        return header with { Activation = BindActivation(family, written) };
    }

    private Activation? BindActivation(FamilySymbol family, Dictionary<string, AttributeSyntax> written)
    {
        var periodic = written.GetValueOrDefault("periodic") as AttributeSyntax.Periodic;
        var sporadic = written.GetValueOrDefault("sporadic") as AttributeSyntax.Sporadic;
        if (periodic is not null && sporadic is not null) diagnostics.ReportAttributeMisplaced(sporadic.Span, "sporadic", "the process is periodic");
        bool active = periodic is not null || sporadic is not null;
        foreach (string word in new[] { "offset", "jitter", "deadline", "backlog" })
            if (!active && family.Item.Kind == ActorKind.Process && written.TryGetValue(word, out var attribute))
                diagnostics.ReportAttributeMisplaced(attribute.Span, word, "the process is neither periodic nor sporadic");

        Interval? separation = periodic is not null ? BindPositiveInterval(periodic.Separation, "the period") : null;
        if (periodic is null && sporadic is not null)
        {
            separation = BindPositiveInterval(sporadic.Separation, "the separation", endless: true);
            // A single time is the least separation, not the exact one.
            if (separation.High is { } high && AffineArithmetic.Same(high, separation.Low))
                separation = separation with { High = null };
        }
        var offset = written.GetValueOrDefault("offset") is AttributeSyntax.Offset first
            ? BindInterval(first.Value, endless: periodic is null)
            : periodic is not null ? ZeroInterval : new Interval(ZeroTime, null);
        var jitter = written.GetValueOrDefault("jitter") is AttributeSyntax.Jitter late ? BindInterval(late.Value) : null;
        AffineTime? deadline = null;
        if (written.GetValueOrDefault("deadline") is AttributeSyntax.Deadline end)
        {
            if (BindKnownTime(end.Value, "a deadline") is { } known)
            {
                if (known.Sign == 0) diagnostics.ReportZeroTime(end.Value.Span, "the deadline");
                deadline = AffineTime.Of(known);
            }
        }
        int backlog = written.GetValueOrDefault("backlog") is AttributeSyntax.Backlog jobs ? BindCount(jobs.Count, "the backlog", 1, MaximumQueue) : DefaultBacklog;
        if (separation is null || family.Item.Kind != ActorKind.Process) return null;
        if (jitter is { High: { } latest } && AffineArithmetic.Least(separation.Low).Sign > 0
            && AffineArithmetic.Least(AffineArithmetic.Difference(separation.Low, latest)).Sign <= 0)
            diagnostics.ReportJitterTooLong(written["jitter"].Span);
        return new Activation(periodic is not null, separation, offset, jitter, deadline, backlog);
    }

    private static string Word(AttributeSyntax attribute) => attribute switch
    {
        AttributeSyntax.Priority => "at",
        AttributeSyntax.Core => "on core",
        AttributeSyntax.NonPreemptive => "nonpreemptive",
        AttributeSyntax.Quantum => "quantum",
        AttributeSyntax.Periodic => "periodic",
        AttributeSyntax.Sporadic => "sporadic",
        AttributeSyntax.Offset => "offset",
        AttributeSyntax.Jitter => "jitter",
        AttributeSyntax.Deadline => "deadline",
        AttributeSyntax.Backlog => "backlog",
        AttributeSyntax.Inbox => "inbox",
        AttributeSyntax.Instances => "instances",
        _ => "attribute",
    };

    private static string? Obstacle(ActorKind kind, AttributeSyntax attribute) => attribute switch
    {
        AttributeSyntax.Inbox or AttributeSyntax.Instances => null,
        AttributeSyntax.Priority or AttributeSyntax.Core or AttributeSyntax.NonPreemptive or AttributeSyntax.Quantum =>
            kind == ActorKind.Device ? "a device acts without a processor" : null,
        _ => kind == ActorKind.Process ? null : "only a process has jobs",
    };
}
