using System.Collections.Immutable;
using Irekae.Model.Binding;
using Irekae.Model.Diagnostics;

namespace Irekae.Model.Syntax;

public sealed partial class Parser
{
    private StatementSyntax.Block ParseBlock(string what)
    {
        int first = position;
        var statements = ParseBraces(what, ParseStatement, AtOuter);
        return new StatementSyntax.Block(statements, SpanFrom(first));
    }

    /// <summary>The block after an if or else, where somebody may think that one statement needs no braces.</summary>
    private StatementSyntax.Block ParseBranch(string what)
    {
        if (At(TokenKind.OpenBrace) || !At(TokenKind.Name) || AtOuter()) return ParseBlock(what);
        int first = position;
        ReportExpected("'{'", $"to begin {what}", "a block stands in braces, also when it is one statement");
        if (!Enter())
        {
            SkipToBoundary();
            return new StatementSyntax.Block([], SpanFrom(first));
        }

        var only = ParseStatement();
        Leave();
        return new StatementSyntax.Block(only is null ? [] : [only], SpanFrom(first));
    }

    /// <summary>Inside a block: something begins that stands outside blocks, so a '}' is missing.</summary>
    private bool AtOuter()
    {
        if (AtItem) return true;
        if (actor is null or { Kind: ActorKind.Process }) return false;
        return AtHandler || (AtWord("init") && AtConstruct && Ahead(1).Kind is TokenKind.Name or TokenKind.OpenBrace);
    }

    /// <summary>Null: what stands here is no statement, has been reported, and has been passed over.</summary>
    private StatementSyntax? ParseStatement()
    {
        if (At(TokenKind.OpenBrace))
        {
            if (MayReport()) diagnostics.ReportExpectedStatement(SpanOf(Current), "a block alone has no meaning: leave out its braces");
            return ParseBlock("the block");
        }

        if (!At(TokenKind.Name))
        {
            if (MayReport()) diagnostics.ReportExpectedStatement(SpanOf(Current), At(TokenKind.Semicolon) ? "leave it out" : null);
            SkipToBoundary();
            return null;
        }

        if (!AtConstruct) return ParseAssignment();
        if (ParseStatementNamed(CurrentText) is { } statement) return statement;
        if (AtWord("var"))
        {
            ReportMisplaced("a variable is declared at the beginning of an actor, not in a block", "move it there");
            actor?.Variables.Add(ParseVariable());
            return null;
        }

        if (AtHandler)
        {
            ReportMisplaced("a handler stands in a server, in a device or in receive { … }", "write receive { on … }");
            ParseHandler();
            return null;
        }

        string? meant = Ahead(1).Kind == TokenKind.OpenParenthesis ? null : Meant(Words.Statements);
        if (MayReport()) diagnostics.ReportExpectedStatement(SpanOf(Current), HelpWithStatement(meant));
        if (meant is not null && ParseStatementNamed(meant) is { } corrected) return corrected;
        SkipToBoundary();
        return null;
    }

    private string? HelpWithStatement(string? meant) => (meant, Ahead(1).Kind) switch
    {
        (null, TokenKind.OpenParenthesis) => $"to send a message write call {CurrentText}(…), or send {CurrentText}(…) to go on without the answer",
        (null, _) => null,
        _ => $"did you mean {meant}?",
    };

    /// <summary>The statement that begins with the current word, read as <paramref name="word"/>; null, and nothing taken, when none does.</summary>
    private StatementSyntax? ParseStatementNamed(string word)
    {
        int first = position;
        switch (word)
        {
            case "run":
                Next();
                var work = ParseInterval("after run");
                EndWithSemicolon("after the duration");
                return new StatementSyntax.Run(work, SpanFrom(first));
            case "wait":
                Next();
                var elapsed = ParseInterval("after wait");
                EndWithSemicolon("after the duration");
                return new StatementSyntax.Wait(elapsed, SpanFrom(first));
            case "after":
                Next();
                if (!TakeWord("any") || !TakeWord("time")) ReportExpectedOneOf("after the word after", ["any time"]);
                EndWithSemicolon("after any time");
                return new StatementSyntax.AfterAnyTime(SpanFrom(first));
            case "await":
                Next();
                var awaited = ParseExpression("after await");
                EndWithSemicolon("after the condition");
                return new StatementSyntax.Await(awaited, SpanFrom(first));
            case "call":
                return ParseCall(first, null);
            case "send":
                Next();
                var sent = ParseMessage();
                EndWithSemicolon("after the message");
                return new StatementSyntax.Send(sent, SpanFrom(first));
            case "notify":
                Next();
                var notice = ParseMessage();
                EndWithSemicolon("after the message");
                return new StatementSyntax.Notify(notice, SpanFrom(first));
            case "reply":
                Next();
                bool isEmpty = At(TokenKind.Semicolon) || At(TokenKind.CloseBrace) || Current.FirstOnLine;
                var answer = isEmpty ? null : ParseExpression("after reply");
                EndWithSemicolon("after reply");
                return new StatementSyntax.Reply(answer, SpanFrom(first));
            case "receive":
                Next();
                var handlers = ParseBraces("receive", ParseReceiveHandler, () => AtItem);
                return new StatementSyntax.Receive(handlers, SpanFrom(first));
            case "spawn":
                return new StatementSyntax.Spawn(ParseTarget("after spawn"), SpanFrom(first));
            case "start":
                return new StatementSyntax.Start(ParseTarget("after start"), SpanFrom(first));
            case "kill":
                return new StatementSyntax.Kill(ParseTarget("after kill"), SpanFrom(first));
            case "bind":
                return ParseBind();
            case "choose":
                return ParseChoose();
            case "if":
                return ParseIf();
            case "repeat":
                Next();
                var count = ParseSum("as the number of times");
                var repeated = ParseBlock("repeat");
                return new StatementSyntax.Repeat(count, repeated, SpanFrom(first));
            case "loop":
                Next();
                var looped = ParseBlock("loop");
                return new StatementSyntax.Loop(looped, SpanFrom(first));
            case "measure":
                Next();
                var measure = ParseName("for the measure");
                var measured = ParseBlock("measure");
                return new StatementSyntax.Measure(measure, measured, SpanFrom(first));
            case "mark":
                Next();
                var mark = ParseName("for the mark");
                EndWithSemicolon("after the mark");
                return new StatementSyntax.Mark(mark, SpanFrom(first));
            case "lock":
                Next();
                var mutex = ParseName("of a mutex");
                var guarded = ParseBlock("lock");
                return new StatementSyntax.Lock(mutex, guarded, SpanFrom(first));
            case "nonpreemptive":
                Next();
                var section = ParseBlock("nonpreemptive");
                return new StatementSyntax.NonPreemptive(section, SpanFrom(first));
            case "priority":
                Next();
                var priority = ParseSum("as the priority");
                EndWithSemicolon("after the priority");
                return new StatementSyntax.Priority(priority, SpanFrom(first));
            case "assert":
                Next();
                var asserted = ParseExpression("after assert");
                string text = ParseOptionalText();
                EndWithSemicolon("after the condition");
                return new StatementSyntax.Assert(asserted, text, SpanFrom(first));
            case "exit":
                Next();
                EndWithSemicolon("after exit");
                return new StatementSyntax.Exit(SpanFrom(first));
            default:
                return null;
        }
    }

    private ReferenceSyntax ParseTarget(string where)
    {
        Next();
        var target = ParseReference(where);
        EndWithSemicolon("after the name");
        return target;
    }

    private StatementSyntax? ParseAssignment()
    {
        int first = position;
        var target = ParseReference("of a variable");
        if (!At(TokenKind.Assign))
        {
            bool isMessage = At(TokenKind.OpenParenthesis) || At(TokenKind.Semicolon);
            ReportExpected(
                "'='",
                $"after {DiagnosticBag.Quote(target.Text)}",
                isMessage ? "to send a message write call before it, or send to go on without the answer" : null);
            if (!Current.FirstOnLine) SkipToBoundary();
            return null;
        }

        Next();
        if (AtWord("call") && Ahead(1).Kind == TokenKind.Name) return ParseCall(first, target);
        var value = ParseExpression("after '='");
        EndWithSemicolon("after the expression");
        return new StatementSyntax.Assign(target, value, SpanFrom(first));
    }

    private StatementSyntax.Call ParseCall(int first, ReferenceSyntax? result)
    {
        Next();
        var message = ParseMessage();
        StatementSyntax.Block? refused = null;
        if (TakeWord("else")) refused = ParseBranch("else");
        else EndWithSemicolon("after the message");
        return new StatementSyntax.Call(result, message, refused, SpanFrom(first));
    }

    private MessageSyntax ParseMessage()
    {
        int first = position;
        var target = ParseReference("of a message");
        ImmutableArray<ExpressionSyntax> arguments = [];
        if (TakeCallParenthesis())
        {
            if (!At(TokenKind.CloseParenthesis)) arguments = ParseList(() => ParseExpression("in the message"));
            Expect(TokenKind.CloseParenthesis, "')'", "after what the message carries");
        }

        return new MessageSyntax(target, arguments, SpanFrom(first));
    }

    private HandlerSyntax? ParseReceiveHandler()
    {
        if (AtHandler) return ParseHandler();
        ReportExpectedOneOf("in receive", ["on"]);
        SkipToBoundary();
        return null;
    }

    private StatementSyntax.Bind ParseBind()
    {
        int first = position;
        Next();
        var endpoint = ParseName("of an endpoint");
        if (!TakeWord("to")) ReportExpected("'to'", "after the name of the endpoint", "write bind nic_driver to driver.new moving inbox;");
        var target = ParseReferenceOrNobody("of an actor, or nobody");
        InboxRule? inbox = AtWord("moving") ? InboxRule.Move : AtWord("dropping") ? InboxRule.Drop : AtWord("refusing") ? InboxRule.Refuse : null;
        if (inbox is not null)
        {
            Next();
            if (!TakeWord("inbox")) ReportExpected("'inbox'", "after what becomes of it");
        }
        else if (At(TokenKind.Name) && !Current.FirstOnLine)
        {
            ReportExpectedOneOf("after the new process", ["moving inbox", "dropping inbox", "refusing inbox", ";"]);
            SkipToBoundary();
            return new StatementSyntax.Bind(endpoint, target, null, SpanFrom(first));
        }

        EndWithSemicolon("after bind");
        return new StatementSyntax.Bind(endpoint, target, inbox, SpanFrom(first));
    }

    private StatementSyntax.Choose ParseChoose()
    {
        int first = position;
        Next();
        var alternatives = ImmutableArray.CreateBuilder<StatementSyntax.Block>();
        alternatives.Add(ParseBlock("choose"));
        while (AtWord("or") && AtConstruct)
        {
            Next();
            alternatives.Add(ParseBlock("or"));
        }

        return new StatementSyntax.Choose(alternatives.ToImmutable(), SpanFrom(first));
    }

    /// <summary>Each <c>else if</c> is one construct deeper, in the tree as in the count of <see cref="depth"/>.</summary>
    private StatementSyntax ParseIf()
    {
        int first = position;
        if (!Enter())
        {
            SkipIf();
            Silence();
            return new StatementSyntax.Block([], SpanFrom(first));
        }

        Next();
        bool open = Expect(TokenKind.OpenParenthesis, "'('", "after if", "write if (condition) { … }");
        var condition = ParseExpression("as the condition");
        if (open) Expect(TokenKind.CloseParenthesis, "')'", "after the condition");
        var then = ParseBranch("if");
        StatementSyntax? otherwise = null;
        if (TakeWord("else")) otherwise = AtWord("if") ? ParseIf() : ParseBranch("else");
        Leave();
        return new StatementSyntax.If(condition, then, otherwise, SpanFrom(first));
    }

    /// <summary>Passes over an if with all its else, without recursion.</summary>
    private void SkipIf()
    {
        do
        {
            Next();
            if (At(TokenKind.OpenParenthesis)) SkipBalanced();
            if (At(TokenKind.OpenBrace)) SkipBalanced();
        }
        while (AtWord("else") || AtWord("if"));
    }
}
