using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Diagnostics;
using Irekae.Model.Text;

namespace Irekae.Model.Syntax;

public sealed partial class Parser
{
    /// <summary>Null: what stands here is no item, has been reported, and has been passed over.</summary>
    private ItemSyntax? ParseItem()
    {
        if (!AtAny(Words.Items))
        {
            string? meant = Meant(Words.Items);
            if (MayReport()) diagnostics.ReportExpectedItem(SpanOf(Current), meant);
            if (meant is not null && Ahead(1).Kind == TokenKind.Name) return ParseItemNamed(meant);
            SkipToItem();
            return null;
        }

        return ParseItemNamed(CurrentText);
    }

    /// <summary>The item that begins with the current word, read as <paramref name="word"/>.</summary>
    private ItemSyntax? ParseItemNamed(string word) => word switch
    {
        "system" => ParseSystem(),
        "import" => ParseImport(),
        "machine" => ParseMachine(),
        "duration" => ParseDuration(),
        "const" => ParseConstant(),
        "parameter" => ParseParameter(),
        "token" => ParseToken(),
        "shared" => ParseShared(),
        "mutex" => ParseMutex(),
        "endpoint" => ParseEndpoint(),
        "process" => ParseActor(ActorKind.Process),
        "server" => ParseActor(ActorKind.Server),
        "device" => ParseActor(ActorKind.Device),
        "fault" => ParseFault(),
        "variant" => ParseVariant(),
        "experiment" => ParseExperiment(),
        "property" => ParseProperty(),
        "measured" => ParseMeasured(),
        _ => null,
    };

    private ItemSyntax? ParseImport()
    {
        int first = position;
        Next();
        if (!At(TokenKind.Text))
        {
            ReportExpected("the path of a file", "after import", "write import \"common/ap.irk\";");
            if (!Current.FirstOnLine) SkipToBoundary();
            return null;
        }

        var path = Next();
        EndWithSemicolon("after the path");
        return new ItemSyntax.Import((string)path.Value!, SpanOf(path), SpanFrom(first));
    }

    private ItemSyntax.Machine ParseMachine()
    {
        int first = position;
        Next();
        var rules = ParseBraces("the machine", ParseMachineRule, () => AtItem);
        return new ItemSyntax.Machine(rules, SpanFrom(first));
    }

    private MachineRuleSyntax? ParseMachineRule()
    {
        int first = position;
        if (TakeWord("cores"))
        {
            var count = ParseSum("as the number of cores");
            EndWithSemicolon("after the number of cores");
            return new MachineRuleSyntax.Cores(count, SpanFrom(first));
        }

        if (TakeWord("ties"))
        {
            Ties? ties = AtWord("completion_first") ? Ties.CompletionFirst : AtWord("any") ? Ties.Any : AtWord("batch") ? Ties.Batch : null;
            if (ties is null) ReportExpectedOneOf("after ties", ["completion_first", "any", "batch"]);
            else Next();
            EndWithSemicolon("after the rule for ties");
            return ties is { } known ? new MachineRuleSyntax.Simultaneous(known, SpanFrom(first)) : null;
        }

        if (TakeWord("switch"))
        {
            var cost = ParseInterval("as the cost of a switch");
            EndWithSemicolon("after the cost of a switch");
            return new MachineRuleSyntax.Switch(cost, SpanFrom(first));
        }

        if (TakeWord("scheduler"))
        {
            if (!TakeWord("priority")) ReportExpectedOneOf("after scheduler", ["priority"]);
            if (Take(TokenKind.Semicolon)) return new MachineRuleSyntax.Scheduler([], SpanFrom(first));
            var rules = ParseBraces("the scheduler", ParseSchedulerRule, () => AtItem || AtAny(Words.MachineRules));
            return new MachineRuleSyntax.Scheduler(rules, SpanFrom(first));
        }

        ReportExpectedOneOf("in a machine", Words.MachineRules);
        SkipToBoundary();
        return null;
    }

    private SchedulerRuleSyntax? ParseSchedulerRule()
    {
        int first = position;
        if (TakeWord("quantum"))
        {
            var length = ParseIntervalOrNone("as the quantum");
            EndWithSemicolon("after the quantum");
            return new SchedulerRuleSyntax.Quantum(length, SpanFrom(first));
        }

        if (TakeWord("preempted"))
        {
            if (!TakeWord("to")) ReportExpectedOneOf("after preempted", ["to head", "to tail"]);
            bool? tail = TakeEither("after to", "head", "tail");
            EndWithSemicolon("after the rule");
            return tail is { } known ? new SchedulerRuleSyntax.Preempted(known, SpanFrom(first)) : null;
        }

        if (TakeWord("slice"))
        {
            bool? kept = TakeEither("after slice", "fresh", "kept");
            EndWithSemicolon("after the rule");
            return kept is { } known ? new SchedulerRuleSyntax.Slice(known, SpanFrom(first)) : null;
        }

        ReportExpectedOneOf("in a scheduler", Words.SchedulerRules);
        SkipToBoundary();
        return null;
    }

    /// <summary>False for the first word, true for the second, null (reported) for neither.</summary>
    private bool? TakeEither(string where, string no, string yes)
    {
        if (TakeWord(no)) return false;
        if (TakeWord(yes)) return true;
        ReportExpectedOneOf(where, [no, yes]);
        return null;
    }

    private ItemSyntax.Duration ParseDuration()
    {
        int first = position;
        Next();
        var name = ParseName("for the duration");
        Expect(TokenKind.Assign, "'='", "after the name of the duration");
        var value = ParseInterval("as the duration");
        var origin = ParseOrigin();
        EndWithSemicolon("after the duration");
        return new ItemSyntax.Duration(name, value, origin, SpanFrom(first));
    }

    private ItemSyntax.Constant ParseConstant()
    {
        int first = position;
        Next();
        var name = ParseName("for the const");
        Expect(TokenKind.Assign, "'='", "after the name of the const");
        var value = ParseSum("as the value of the const");
        var origin = ParseOrigin();
        EndWithSemicolon("after the const");
        return new ItemSyntax.Constant(name, value, origin, SpanFrom(first));
    }

    private ItemSyntax.Parameter ParseParameter()
    {
        int first = position;
        Next();
        var name = ParseName("for the parameter");
        if (!TakeWord("in"))
        {
            ReportExpected("'in'", "after the name of the parameter", "write parameter p in 1 ms .. 10 ms;");
            Take(TokenKind.Assign);
        }

        var range = ParseInterval("as the range of the parameter");
        var origin = ParseOrigin();
        EndWithSemicolon("after the parameter");
        return new ItemSyntax.Parameter(name, range, origin, SpanFrom(first));
    }

    private OriginSyntax? ParseOrigin()
    {
        int first = position;
        if (!TakeWord("from")) return null;
        if (At(TokenKind.Text))
        {
            var text = ParseOriginArgument();
            return new OriginSyntax(null, [text], SpanFrom(first));
        }

        var kind = ParseName("after from", "write from \"where the number comes from\"");
        if (kind.IsMissing) return null;
        ImmutableArray<OriginArgumentSyntax> arguments = [];
        if (TakeCallParenthesis() || Expect(TokenKind.OpenParenthesis, "'('", "after the kind of source", $"write from {kind.Text}(\"Table 1\")"))
        {
            if (!At(TokenKind.CloseParenthesis)) arguments = ParseList(ParseOriginArgument);
            Expect(TokenKind.CloseParenthesis, "')'", "after the source");
        }

        return new OriginSyntax(kind, arguments, SpanFrom(first));
    }

    private OriginArgumentSyntax ParseOriginArgument()
    {
        int first = position;
        if (At(TokenKind.Text)) return new OriginArgumentSyntax((string)Next().Value!, true, SpanFrom(first));
        var name = ParseReference("or a text in quotes as a source");
        return new OriginArgumentSyntax(name.Text, false, name.Span);
    }

    private ItemSyntax.Token ParseToken()
    {
        int first = position;
        Next();
        var name = ParseName("for the token");
        ImmutableArray<NameSyntax> values = [];
        var open = Current;
        if (Expect(TokenKind.OpenBrace, "'{'", "before the values of the token"))
        {
            values = ParseList(() => ParseName("of a value"));
            if (!At(TokenKind.CloseBrace) && !AtItem && !At(TokenKind.End))
            {
                ReportExpected("','", "between the values of a token");
                while (Current.Kind is not (TokenKind.End or TokenKind.CloseBrace or TokenKind.Semicolon) && !AtItem) Next();
            }

            CloseBraces("the token", open);
        }
        else if (!Current.FirstOnLine) SkipToBoundary();

        return new ItemSyntax.Token(name, values, SpanFrom(first));
    }

    private ItemSyntax.Shared ParseShared()
    {
        int first = position;
        Next();
        var name = ParseName("for the shared data");
        var variables = ParseBraces("the shared data", ParseSharedVariable, () => AtItem);
        return new ItemSyntax.Shared(name, variables, SpanFrom(first));
    }

    private VariableSyntax? ParseSharedVariable()
    {
        if (AtWord("var")) return ParseVariable();
        ReportExpectedOneOf("in shared data", ["var"]);
        SkipToBoundary();
        return null;
    }

    private ItemSyntax.Mutex ParseMutex()
    {
        int first = position;
        Next();
        var name = ParseName("for the mutex");
        var protocol = MutexProtocol.None;
        ExpressionSyntax? ceiling = null;
        if (TakeWord("inheritance")) protocol = MutexProtocol.Inheritance;
        else if (TakeWord("ceiling"))
        {
            protocol = MutexProtocol.Ceiling;
            if (!At(TokenKind.Semicolon)) ceiling = ParseSum("as the ceiling");
        }
        else if (At(TokenKind.Name) && !Current.FirstOnLine)
        {
            ReportExpectedOneOf("after the name of a mutex", ["inheritance", "ceiling", ";"]);
            Next();
        }

        EndWithSemicolon("after the mutex");
        return new ItemSyntax.Mutex(name, protocol, ceiling, SpanFrom(first));
    }

    private ItemSyntax.Endpoint ParseEndpoint()
    {
        int first = position;
        Next();
        var name = ParseName("for the endpoint");
        Expect(TokenKind.Assign, "'='", "after the name of the endpoint", "write the actor it is bound to at the start, or nobody");
        var initial = ParseReferenceOrNobody("of an actor, or nobody");
        EndWithSemicolon("after the endpoint");
        return new ItemSyntax.Endpoint(name, initial, SpanFrom(first));
    }

    private ItemSyntax? ParseFault()
    {
        int first = position;
        Next();
        var name = ParseName("for the fault");
        Expect(TokenKind.Colon, "':'", "after the name of the fault");
        FaultKind? kind = AtWord("crash") ? FaultKind.Crash : AtWord("lose") ? FaultKind.Lose : AtWord("refuse") ? FaultKind.Refuse : null;
        if (kind is null)
        {
            ReportExpectedOneOf("as a fault", ["crash", "lose", "refuse"]);
            if (!Current.FirstOnLine) SkipToBoundary();
            return null;
        }

        Next();
        var target = ParseReference("of what fails");
        ExpressionSyntax? atMost = null;
        if (TakeWord("at"))
        {
            if (!TakeWord("most")) ReportExpectedOneOf("after at", ["most"]);
            atMost = ParseSum("after at most");
        }

        var notifying = TakeWord("notifying") ? ParseReference("after notifying") : null;
        EndWithSemicolon("after the fault");
        return new ItemSyntax.Fault(name, kind.Value, target, atMost, notifying, SpanFrom(first));
    }

    private ItemSyntax.Variant ParseVariant()
    {
        int first = position;
        Next();
        var name = ParseName("for the variant");
        string description = ParseOptionalText();
        var settings = ParseBraces("the variant", ParseSetting, () => AtItem && !AtAny(Words.Settings));
        return new ItemSyntax.Variant(name, description, settings, SpanFrom(first));
    }

    private SettingSyntax? ParseSetting()
    {
        int first = position;
        if (AtItem && AtWord("parameter"))
        {
            Next();
            var name = ParseName("of a parameter");
            Expect(TokenKind.Assign, "'='", "after the name of the parameter");
            var value = ParseSum("as the value of the parameter");
            EndWithSemicolon("after the value");
            return new SettingSyntax.Fix(name, value, SpanFrom(first));
        }

        if (AtItem && ParseItem() is { } item) return new SettingSyntax.Replace(item, SpanFrom(first));
        if (!At(TokenKind.Name))
        {
            ReportExpectedOneOf("in a variant", [.. Words.Settings, "the name of an actor and at"]);
            SkipToBoundary();
            return null;
        }

        var actor = ParseReference("of an actor");
        if (!TakeWord("at"))
        {
            ReportExpected("'at'", "after the name of an actor", "write kernel at 0; for another priority");
            SkipToBoundary();
            return null;
        }

        var priority = ParseSum("as the priority");
        EndWithSemicolon("after the priority");
        return new SettingSyntax.Priority(actor, priority, SpanFrom(first));
    }
}
