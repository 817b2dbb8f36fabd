using System.Collections.Immutable;
using Irekae.Model.Text;

namespace Irekae.Model.Diagnostics;

/// <summary>IRK2xxx, IRK3xxx and IRK4xxx: names, units and types, structure.</summary>
public sealed partial class DiagnosticBag
{
    private readonly HashSet<(Code, SourceSpan)> said = [];
    private readonly HashSet<string> tooMany = [];

    /// <summary>Added to every message while a variant is bound; null for the system as written.</summary>
    internal string? Variant { get; set; }

    /// <summary>A body is bound once for each instance and a specification once for each variant: each place hears of a mistake once.</summary>
    private void ReportOnce(Code code, SourceSpan span, string message, string? help = null)
    {
        if (said.Add((code, span))) Report(code, span, Variant is null ? message : $"{message} (in variant `{Variant}`)", help);
    }

    private static string List(IEnumerable<string> names)
    {
        var all = names.ToImmutableArray();
        string shown = string.Join(", ", all.Take(8).Select(name => $"`{name}`"));
        return all.Length > 8 ? $"{shown} and {all.Length - 8} more" : shown;
    }

    private static string? Meant(string? suggestion, string? otherwise = null) => suggestion is null ? otherwise : $"did you mean `{suggestion}`?";

    // IRK2xxx

    internal void ReportDuplicateName(SourceSpan span, string name, SourceSpan first) =>
        ReportOnce(Codes.DuplicateName, span, $"`{name}` is already declared at {first}", "give one of them another name");

    internal void ReportUnknownName(SourceSpan span, string name, string needed, string? suggestion, string? otherwise = null) =>
        ReportOnce(Codes.UnknownName, span, $"there is no {needed} named `{name}`", Meant(suggestion, otherwise));

    internal void ReportWrongKind(SourceSpan span, string name, string found, string needed, string? help = null) =>
        ReportOnce(Codes.WrongKind, span, $"`{name}` is {found}, and {needed} is needed here", help);

    internal void ReportAmbiguousInstance(SourceSpan span, string name, IEnumerable<string> instances) =>
        ReportOnce(Codes.AmbiguousInstance, span, $"`{name}` has several instances, and one is meant here", $"write one of {List(instances)}");

    internal void ReportUnknownMessage(SourceSpan span, string message, string receiver, string? suggestion) =>
        ReportOnce(Codes.UnknownMessage, span, $"`{receiver}` has no `on {message}`", Meant(suggestion, $"add a handler `on {message} {{ … }}` to it"));

    internal void ReportAmbiguousName(SourceSpan span, string name, IEnumerable<string> meanings) =>
        ReportOnce(Codes.AmbiguousName, span, $"`{name}` can mean several things", $"write one of {List(meanings)}");

    internal void ReportParameterClash(SourceSpan span, string name, SourceSpan other) =>
        ReportOnce(Codes.ParameterClash, span, $"the parameter `{name}` hides what is declared at {other}", "give the parameter another name");

    internal void ReportNoReceiver(SourceSpan span, string message, IEnumerable<string> receivers)
    {
        string shown = List(receivers.Select(receiver => $"{receiver}.{message}"));
        ReportOnce(Codes.NoReceiver, span, $"who is to get `{message}`?", shown.Length == 0 ? $"write the receiver first: `server.{message}`" : $"write {shown}");
    }

    internal void ReportCyclicDefinition(SourceSpan span, string name) =>
        ReportOnce(Codes.CyclicDefinition, span, $"`{name}` is defined by itself", "break the circle: give one of its names a value of its own");

    internal void ReportForeignVariable(SourceSpan span, string name, string owner) =>
        ReportOnce(Codes.ForeignVariable, span, $"`{name}` belongs to `{owner}`, and only `{owner}` may assign it", "send a message that tells the new value, or put the variable into a `shared` group");

    internal void ReportFixedEndpoint(SourceSpan span, string name) =>
        ReportOnce(Codes.FixedEndpoint, span, $"`{name}` cannot be bound to somebody else", "declare a movable name with `endpoint NAME = …;` and send messages to it");

    internal void ReportUnusedDeclaration(SourceSpan span, string name) =>
        ReportOnce(Codes.UnusedDeclaration, span, $"`{name}` is never used", "remove it");

    // IRK3xxx

    internal void ReportUnitMissing(SourceSpan span, string number) =>
        ReportOnce(Codes.UnitMissing, span, $"`{number}` has no unit, and a time is needed here", $"write `{number} us`, or with ns, ms or s");

    internal void ReportEmptyInterval(SourceSpan span, string low, string high) =>
        ReportOnce(Codes.EmptyInterval, span, $"the interval from {low} to {high} can have its end before its beginning", "write the smaller time first; with parameters, for all their values");

    internal void ReportNegativeTime(SourceSpan span, string least) =>
        ReportOnce(Codes.NegativeTime, span, $"this time can be negative: {least}", "write a time that is at least 0 for all values of the parameters");

    internal void ReportEndlessTime(SourceSpan span) =>
        ReportOnce(Codes.EndlessTime, span, "this time may have no end here", "`forever` may end a `wait`, a sporadic separation or the offset of a sporadic process; write a time elsewhere, and `any time 0 .. 1 s;` where any time is drawn");

    internal void ReportIntervalInArithmetic(SourceSpan span, string name) =>
        ReportOnce(Codes.IntervalInArithmetic, span, $"`{name}` is an interval, and a single time is needed here", "use an interval only as a whole; for sums declare its ends as durations of their own");

    internal void ReportZeroTime(SourceSpan span, string what) =>
        ReportOnce(Codes.ZeroTime, span, $"{what} can be 0", "write a time above 0");

    internal void ReportTimeArithmetic(SourceSpan span, string what) =>
        ReportOnce(Codes.TimeArithmetic, span, what, "add and subtract times; multiply and divide them by numbers other than 0");

    internal void ReportParameterNotAllowed(SourceSpan span, string what) =>
        ReportOnce(Codes.ParameterNotAllowed, span, $"{what} cannot depend on a parameter", "write a known time; a variant can fix the parameter with `parameter NAME = …;`");

    internal void ReportTypeMismatch(SourceSpan span, string needed, string found) =>
        ReportOnce(Codes.TypeMismatch, span, $"this is {found}, and {needed} is needed here", "write a value of that type");

    internal void ReportOperatorMismatch(SourceSpan span, string operation, string left, string? right) =>
        ReportOnce(Codes.OperatorMismatch, span, right is null ? $"`{operation}` is not for {left}" : $"`{operation}` is not for {left} and {right}",
            "&& || ! take conditions, < <= > >= + - * take numbers, == and != two values of one type");

    internal void ReportRangeSize(SourceSpan span, long low, long high) =>
        ReportOnce(Codes.RangeSize, span, low > high ? $"the range {low} .. {high} has no values" : $"the range {low} .. {high} has {high - low + 1} values, more than 65536",
            "write `low .. high` with at most 65536 values");

    internal void ReportOutOfRange(SourceSpan span, string what, long low, long high) =>
        ReportOnce(Codes.OutOfRange, span, $"{what} is not between {low} and {high}", low == high ? $"write {low}" : $"write a number from {low} to {high}");

    internal void ReportNotConstant(SourceSpan span) =>
        ReportOnce(Codes.NotConstant, span, "this must be known before the system runs", "use numbers, consts and token values only");

    internal void ReportOverflow(SourceSpan span) =>
        ReportOnce(Codes.Overflow, span, "the result can leave 32 bits", "use smaller numbers or narrower ranges");

    internal void ReportArgumentCount(SourceSpan span, string message, int needed, int found) =>
        ReportOnce(Codes.ArgumentCount, span, $"`{message}` takes {needed} argument{(needed == 1 ? "" : "s")}, and {found} {(found == 1 ? "is" : "are")} given", $"write {needed}");

    internal void ReportParametersDiffer(SourceSpan span, string message, string one, string other) =>
        ReportOnce(Codes.ParametersDiffer, span, $"`{message}` has other parameters at `{one}` than at `{other}`", "give both handlers the same number and types of parameters");

    internal void ReportJitterTooLong(SourceSpan span) =>
        ReportOnce(Codes.JitterTooLong, span, "the jitter is not below the separation of arrivals", "write a jitter whose end is less than the beginning of the separation");

    internal void ReportAnswerMissing(SourceSpan span, string message, string receiver) =>
        ReportOnce(Codes.AnswerMissing, span, $"`{receiver}` can answer `{message}` without a value", $"write `reply VALUE;` in its handler, or call without `… =`");

    internal void ReportActorComparison(SourceSpan span, string query) =>
        ReportOnce(Codes.ActorComparison, span, $"`{query}(…)` names somebody and is no value", $"compare it with a process, server or device: `{query}(…) == NAME`");

    internal void ReportTimeExpected(SourceSpan span, string found) =>
        ReportOnce(Codes.TimeExpected, span, $"this is {found}, and a time is needed here", "write a number with a unit, a duration or a parameter");

    internal void ReportMembersDiffer(SourceSpan span, string member, string endpoint, string actor) =>
        ReportOnce(Codes.MembersDiffer, span, $"`{endpoint}` can be bound to `{actor}`, which has no variable `{member}` of this type", "give everybody behind the endpoint that variable");

    internal void ReportFixedOutside(SourceSpan span, string parameter, string low, string high) =>
        ReportOnce(Codes.FixedOutside, span, $"`{parameter}` lies between {low} and {high}, and this value does not", "fix it to a value of its range, or widen the range");

    internal void ReportDrawnOutside(SourceSpan span, string duration, string low, string high) =>
        ReportOnce(Codes.DrawnOutside, span, $"`{duration}` lies between {low} and {high}, and this value does not", "draw it at a value of its interval");

    // IRK4xxx

    internal void ReportReplyOutsideHandler(SourceSpan span) =>
        ReportOnce(Codes.ReplyOutsideHandler, span, "there is nobody to reply to outside a handler", "put it into an `on MESSAGE { … }`");

    internal void ReportNotInDevice(SourceSpan span, string statement) =>
        ReportOnce(Codes.NotInDevice, span, $"a device has no processor: it cannot `{statement}`", "a device may `wait`, send, notify, reply, receive and assign");

    internal void ReportPriorityMissing(SourceSpan span, string name) =>
        ReportOnce(Codes.PriorityMissing, span, $"`{name}` has no priority", "write `at NUMBER` after its name; 0 is most urgent");

    internal void ReportAttributeMisplaced(SourceSpan span, string attribute, string why) =>
        ReportOnce(Codes.AttributeMisplaced, span, $"`{attribute}` does not apply: {why}", "remove it");

    internal void ReportAttributeRepeated(SourceSpan span, string attribute) =>
        ReportOnce(Codes.AttributeRepeated, span, $"`{attribute}` is written twice", "keep one of them");

    internal void ReportAnswerUncertain(SourceSpan span, string message) =>
        ReportOnce(Codes.AnswerUncertain, span, $"`{message}` is called, and this handler can end without a reply: the caller then waits for ever", "write `reply;` on every path");

    internal void ReportAnsweredTwice(SourceSpan span) =>
        ReportOnce(Codes.AnsweredTwice, span, "the caller has its answer already: this reply does nothing", "remove it");

    internal void ReportCallToSelf(SourceSpan span, string name) =>
        ReportOnce(Codes.CallToSelf, span, $"`{name}` calls itself and waits for ever", "use `send`, or do the work here");

    internal void ReportLoopWithoutTime(SourceSpan span) =>
        ReportOnce(Codes.LoopWithoutTime, span, "this loop can go round without time passing and without waiting", "put a `run`, `wait`, `receive` or `call` on every path through it");

    internal void ReportUnreachable(SourceSpan span) =>
        ReportOnce(Codes.Unreachable, span, "this is never reached: what stands before it does not end", "remove it, or what keeps it from being reached");

    internal void ReportMeasureNested(SourceSpan span, string name) =>
        ReportOnce(Codes.MeasureNested, span, $"the measure `{name}` is running already here", "give the inner one another name");

    /// <summary>Of the first one beyond the limit.</summary>
    internal void ReportTooMany(SourceSpan span, string things, int limit)
    {
        if (tooMany.Add(things)) ReportOnce(Codes.TooMany, span, $"there are more than {limit} {things}", "make the system smaller");
    }

    internal void ReportVariantsConflict(SourceSpan span, string one, string other) =>
        ReportOnce(Codes.VariantsConflict, span, $"the property is asked in `{one}` and in `{other}`", "ask it in one variant, or write a variant that has the settings of both");

    internal void ReportLockNested(SourceSpan span, string name) =>
        ReportOnce(Codes.LockNested, span, $"`{name}` is held already here, and who holds it would wait for itself", "remove the inner lock");

    internal void ReportCeilingTooLow(SourceSpan span, string mutex, string actor, int priority) =>
        ReportOnce(Codes.CeilingTooLow, span, $"`{actor}` locks `{mutex}` and is more urgent than its ceiling", $"write `ceiling {priority}`, or `ceiling` alone to have it computed");

    internal void ReportNoResponse(SourceSpan span, string name) =>
        ReportOnce(Codes.NoResponse, span, $"`{name}` has no jobs, so it has no response time", "make it `periodic` or `sporadic`, or use `measure` in its body");

    internal void ReportRuleRepeated(SourceSpan span, string rule) =>
        ReportOnce(Codes.RuleRepeated, span, $"`{rule}` is set already", "keep one of them");

    internal void ReportExperimentRuleRepeated(SourceSpan span, string rule) =>
        ReportOnce(Codes.ExperimentRuleRepeated, span, $"the experiment says `{rule}` already", "keep one of them");

    internal void ReportNotifyWithArguments(SourceSpan span, string message) =>
        ReportOnce(Codes.NotifyWithArguments, span, $"a notification carries nothing, and `{message}` has arguments", "use `send`, or take the arguments away");

    internal void ReportNotifyingWithoutCrash(SourceSpan span) =>
        ReportOnce(Codes.NotifyingWithoutCrash, span, "only a crash is noticed by somebody", "remove `notifying …`");

    internal void ReportNeverBound(SourceSpan span, string name) =>
        ReportOnce(Codes.NeverBound, span, $"nobody is ever bound to `{name}`", $"write `endpoint {name} = NAME;` or `bind {name} to NAME;`");

    internal void ReportNothingActs(SourceSpan span) =>
        ReportOnce(Codes.NothingActs, span, "there is no process, server or device: nothing ever happens", "declare one: `process NAME at 0 { … }`");

    internal void ReportMeasuredName(SourceSpan span, string name) =>
        ReportOnce(Codes.MeasuredName, span, $"`{name}` is not the name of measured data", "write system.measure.condition, the first three columns of the data");
}
