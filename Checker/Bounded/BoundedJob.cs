using System.Collections.Immutable;
using Irekae.Checker.Verification;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;
using Irekae.Properties;

namespace Irekae.Checker.Bounded;

/// <summary>
/// All that is asked about one variant under the same faults: one unrolling, in which every quantity has its clock, answers all of it, under the
/// machine's own order of simultaneous events.
/// </summary>
/// <param name="jobs">At least one.</param>
internal sealed class BoundedJob(ImmutableArray<Job> jobs, BoundedOptions options, IProgress<VerifyProgress>? progress, CancellationToken cancel)
{
    private readonly BoundSystem system = jobs[0].System;
    private readonly ImmutableArray<Property> properties = [.. jobs.SelectMany(job => job.Properties)];
    private readonly ImmutableArray<Check> checks = [.. jobs.SelectMany(job => job.Checks)];

    /// <summary>In any order.</summary>
    /// <exception cref="DisagreementException">An error of this program.</exception>
    public ImmutableArray<PropertyResult> Carry()
    {
        using var session = new Session(options, cancel);
        var asked = properties.Select(p => (Property: p, Asked: Job.Asked(p.Question))).ToList();
        ImmutableArray<Quantity> quantities = [.. asked.Select(a => a.Asked?.Quantity).OfType<Quantity>().Distinct()];
        ImmutableArray<Question.After> conditions = [.. properties.Select(p => p.Question).OfType<Question.After>()];
        var compiled = TransitionSystem.Compile(system, new Observation(quantities, [.. conditions.Select(q => (q.Measure, q.Condition))], jobs[0].Faults, null, []));
        var interchange = options.Exchanging ? new Interchange(compiled, properties.Select(p => p.Question).SelectMany(Conditions)) : null;
        var unrolling = new Unrolling(compiled, interchange, new Questions(Name("bounds"), session));
        var inquiries = new List<Inquiry>();
        foreach (var (property, about) in asked)
        {
            if (about is var (quantity, largest, bound))
                inquiries.Add(new ExtremeInquiry(unrolling, new Questions(property.Name, session), property, quantities.IndexOf(quantity), largest, bound));
        }

        ImmutableArray<Property> others = [.. asked.Where(a => a.Asked is null).Select(a => a.Property)];
        if (others.Length + checks.Length > 0)
        {
            string name = others is [var only] && checks.IsEmpty ? only.Name : Name("states");
            var places = conditions.Select((q, i) => (q, i)).ToDictionary(c => c.q, c => c.i, ReferenceEqualityComparer.Instance as IEqualityComparer<Question.After>);
            inquiries.Add(new StatesInquiry(unrolling, new Questions(name, session), others, places, checks));
        }

        var unrolled = Unroll(unrolling, inquiries, session);
        return [.. inquiries.SelectMany(inquiry => inquiry.Results(unrolled))];
    }

    /// <summary>What is asked of configurations.</summary>
    private static IEnumerable<BoundExpression> Conditions(Question question) => question switch
    {
        Question.Always q => [q.Condition],
        Question.Reachable q => [q.Condition],
        Question.After q => [q.Condition],
        _ => [],
    };

    /// <summary>Stretch by stretch, each as long as all before, until the depth is reached or nothing is left to ask. How long the layers took.</summary>
    private TimeSpan Unroll(Unrolling unrolling, List<Inquiry> inquiries, Session session)
    {
        var spent = TimeSpan.Zero;
        var ends = new Stack<int>();
        for (int depth = options.Depth; depth > 0; depth /= 2) ends.Push(depth);
        while (!unrolling.Ended && inquiries.Exists(i => !i.Over) && ends.TryPop(out int end))
        {
            var begun = session.Elapsed;
            int judged = unrolling.Depth;
            session.Share(1);
            try
            {
                while (unrolling.Depth < end && !unrolling.Ended) unrolling.Extend();
            }
            catch (UnansweredException unanswered)
            {
                foreach (var inquiry in inquiries) inquiry.GiveUp(unanswered.Message);
            }

            spent += session.Elapsed - begun;
            Look(new Stretch(judged, unrolling.Depth), unrolling, inquiries.FindAll(i => !i.Over), session);
        }

        return spent;
    }

    private void Look(Stretch stretch, Unrolling unrolling, List<Inquiry> open, Session session)
    {
        for (int i = 0; i < open.Count; i++)
        {
            session.Share(open.Count - i);
            Report(unrolling, open[i], session);
            open[i].Look(stretch);
        }
    }

    private void Report(Unrolling unrolling, Inquiry inquiry, Session session) => progress?.Report(new VerifyProgress(
        string.Join(", ", jobs.Select(job => job.Names)), unrolling.Stations, options.Depth - inquiry.Judged,
        unrolling.Stations / Math.Max(session.Elapsed.TotalSeconds, 1e-3), (inquiry as ExtremeInquiry)?.Best, session.Elapsed));

    /// <summary>For files: what, of which variant and faults.</summary>
    private string Name(string what) =>
        string.Join('-', new[] { what }.Concat(properties.Take(1).Select(p => p.Variant).OfType<string>()).Concat(jobs[0].Faults.Select(f => f.Name)));
}
