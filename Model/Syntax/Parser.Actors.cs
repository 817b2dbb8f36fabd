using System.Collections.Immutable;
using Irekae.Model.Binding;

namespace Irekae.Model.Syntax;

public sealed partial class Parser
{
    /// <summary>The actor whose body is being read; null outside.</summary>
    private Members? actor;

    /// <summary>What has been read of an actor's body, and what has been reported of it.</summary>
    private sealed class Members(ActorKind kind)
    {
        public ActorKind Kind { get; } = kind;

        public ImmutableArray<VariableSyntax>.Builder Variables { get; } = ImmutableArray.CreateBuilder<VariableSyntax>();

        public ImmutableArray<InitSyntax>.Builder Inits { get; } = ImmutableArray.CreateBuilder<InitSyntax>();

        public ImmutableArray<HandlerSyntax>.Builder Handlers { get; } = ImmutableArray.CreateBuilder<HandlerSyntax>();

        public ImmutableArray<StatementSyntax>.Builder Statements { get; } = ImmutableArray.CreateBuilder<StatementSyntax>();

        public bool MisplacedReported { get; set; }

        public string Noun => Kind switch
        {
            ActorKind.Process => "process",
            ActorKind.Server => "server",
            ActorKind.Device => "device",
        };
    }

    private ItemSyntax.Actor ParseActor(ActorKind kind)
    {
        int first = position;
        Next();
        var members = new Members(kind);
        var name = ParseName($"for the {members.Noun}");
        var attributes = ParseAttributes(members.Noun);
        actor = members;
        ParseBraces<object>($"the {members.Noun}", ParseMember, () => AtItem);
        actor = null;
        return new ItemSyntax.Actor(
            kind,
            name,
            attributes,
            members.Variables.ToImmutable(),
            members.Inits.ToImmutable(),
            members.Handlers.ToImmutable(),
            members.Statements.ToImmutable(),
            SpanFrom(first));
    }

    /// <summary>Adds to <see cref="actor"/>; returns nothing.</summary>
    private object? ParseMember()
    {
        bool isProcess = actor!.Kind == ActorKind.Process;
        if (AtWord("var") && AtConstruct)
        {
            if (actor.Statements.Count > 0 && isProcess)
                ReportMisplacedMember("a variable is declared before the statements", "move it to the beginning of the process");
            actor.Variables.Add(ParseVariable());
        }
        else if (AtWord("init") && AtConstruct)
        {
            if (isProcess) ReportMisplacedMember("a process has no init", "a process runs from its first statement: write the statements there");
            actor.Inits.Add(ParseInit());
        }
        else if (AtHandler)
        {
            if (isProcess) ReportMisplacedMember("a process has no handlers", "make it a server, or write receive { on … }");
            actor.Handlers.Add(ParseHandler());
        }
        else if (isProcess)
        {
            if (ParseStatement() is { } statement) actor.Statements.Add(statement);
        }
        else if (AtConstruct && AtAny(Words.Statements))
        {
            ReportMisplacedMember($"a {actor.Noun} has no statements outside its handlers", "write them in init { … } or in a handler on NAME { … }");
            ParseStatement();
        }
        else
        {
            ReportExpectedOneOf($"in a {actor.Noun}", Words.Members);
            SkipToBoundary();
        }

        return null;
    }

    /// <summary>Once per actor: the first misplaced member says what there is to say.</summary>
    private void ReportMisplacedMember(string message, string help)
    {
        if (!actor!.MisplacedReported) ReportMisplaced(message, help);
        actor.MisplacedReported = true;
    }

    private ImmutableArray<AttributeSyntax> ParseAttributes(string noun)
    {
        var attributes = ImmutableArray.CreateBuilder<AttributeSyntax>();
        while (Current.Kind is not (TokenKind.OpenBrace or TokenKind.CloseBrace or TokenKind.Semicolon or TokenKind.End))
        {
            if (ParseAttribute() is { } attribute) attributes.Add(attribute);
            else if (Current.FirstOnLine && (AtItem || AtHandler || (AtConstruct && (AtAny(Words.Members) || AtAny(Words.Statements))))) break;
            else
            {
                ReportExpectedOneOf($"between the name of a {noun} and its '{{'", Words.Attributes);
                Next();
                while (Current.Kind is TokenKind.Integer or TokenKind.Time or TokenKind.BadNumber) Next();
                Silence();
            }
        }

        return attributes.ToImmutable();
    }

    /// <summary>Null: no attribute begins here, and nothing has been taken.</summary>
    private AttributeSyntax? ParseAttribute()
    {
        int first = position;
        if (AtWord("on"))
        {
            if (Ahead(1) is not { Kind: TokenKind.Name } word || !TextOf(word).SequenceEqual("core")) return null;
            Next();
            Next();
            var core = ParseSum("as the number of a core");
            return new AttributeSyntax.Core(core, SpanFrom(first));
        }

        if (AtWord("instances")) return ParseInstances();
        if (TakeWord("nonpreemptive")) return new AttributeSyntax.NonPreemptive(SpanFrom(first));
        if (TakeWord("at"))
        {
            var value = ParseSum("as the priority");
            return new AttributeSyntax.Priority(value, SpanFrom(first));
        }

        if (TakeWord("quantum"))
        {
            var length = ParseIntervalOrNone("as the quantum");
            return new AttributeSyntax.Quantum(length, SpanFrom(first));
        }

        if (TakeWord("periodic"))
        {
            var separation = ParseInterval("as the period");
            return new AttributeSyntax.Periodic(separation, SpanFrom(first));
        }

        if (TakeWord("sporadic"))
        {
            var separation = ParseInterval("as the separation");
            return new AttributeSyntax.Sporadic(separation, SpanFrom(first));
        }

        if (TakeWord("offset"))
        {
            var value = ParseInterval("as the offset");
            return new AttributeSyntax.Offset(value, SpanFrom(first));
        }

        if (TakeWord("jitter"))
        {
            var value = ParseInterval("as the jitter");
            return new AttributeSyntax.Jitter(value, SpanFrom(first));
        }

        if (TakeWord("deadline"))
        {
            var value = ParseSum("as the deadline");
            return new AttributeSyntax.Deadline(value, SpanFrom(first));
        }

        if (TakeWord("backlog"))
        {
            var count = ParseSum("as the number of jobs");
            return new AttributeSyntax.Backlog(count, SpanFrom(first));
        }

        if (TakeWord("inbox"))
        {
            var depth = ParseSum("as the depth of the inbox");
            var whenFull = TakeWord("refuse") ? WhenFull.Refuse : TakeWord("drop") ? WhenFull.Drop : WhenFull.Error;
            return new AttributeSyntax.Inbox(depth, whenFull, SpanFrom(first));
        }

        return null;
    }

    private AttributeSyntax.Instances ParseInstances()
    {
        int first = position;
        Next();
        var names = ParseList(() =>
        {
            int start = position;
            var name = ParseName("of an instance", "write instances old, new absent");
            if (name.IsMissing && Current.Kind is TokenKind.Integer) Next();
            bool absent = TakeWord("absent");
            return new InstanceSyntax(name, absent, SpanFrom(start));
        });
        return new AttributeSyntax.Instances(names, SpanFrom(first));
    }

    private VariableSyntax ParseVariable()
    {
        int first = position;
        Next();
        var name = ParseName("for the variable");
        Expect(TokenKind.Colon, "':'", "and a type after the name of the variable", "write var x: bool; or a range such as 0 .. 7");
        var type = ParseType();
        var initial = Take(TokenKind.Assign) ? ParseExpression("as the initial value") : null;
        EndWithSemicolon("after the variable");
        return new VariableSyntax(name, type, initial, SpanFrom(first));
    }

    private InitSyntax ParseInit()
    {
        int first = position;
        Next();
        NameSyntax? instance = At(TokenKind.Name) && !Current.FirstOnLine ? ParseName("of an instance") : null;
        var body = ParseBlock("init");
        return new InitSyntax(instance, body, SpanFrom(first));
    }

    private HandlerSyntax ParseHandler()
    {
        int first = position;
        Next();
        var message = ParseName("of a message");
        if (At(TokenKind.Dot))
        {
            ReportMisplaced("a handler names only the message, not where it comes from", "write the last name alone");
            while (Take(TokenKind.Dot)) message = ParseName("of a message");
        }

        ImmutableArray<HandlerParameterSyntax> parameters = [];
        if (TakeCallParenthesis())
        {
            if (!At(TokenKind.CloseParenthesis)) parameters = ParseList(ParseHandlerParameter);
            Expect(TokenKind.CloseParenthesis, "')'", "after what the message carries");
        }

        bool urgent = TakeWord("urgent");
        var body = ParseBlock("the handler");
        return new HandlerSyntax(message, parameters, urgent, body, SpanFrom(first));
    }

    private HandlerParameterSyntax ParseHandlerParameter()
    {
        int first = position;
        var name = ParseName("for what the message carries", "leave out the parentheses of a message that carries nothing");
        TypeSyntax type;
        if (Take(TokenKind.Colon)) type = ParseType();
        else
        {
            ReportExpected("':'", "and a type after the name", $"write {(name.IsMissing ? "x" : name.Text)}: bool, a token or a range such as 0 .. 7");
            type = new TypeSyntax.Missing(Gap);
        }

        return new HandlerParameterSyntax(name, type, SpanFrom(first));
    }
}
