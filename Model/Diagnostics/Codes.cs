using System.Collections.Immutable;
using System.Reflection;

namespace Irekae.Model.Diagnostics;

/// <summary>
/// Every code there is, one line each. A code is never reused for another meaning. Each has a <c>Report…</c> method of the same name in
/// <see cref="DiagnosticBag"/>, an example in specs/rejected and, beside it, what a user sees for it and how it is corrected.
/// </summary>
public static class Codes
{
    // IRK1xxx: text and syntax
    public static readonly Code UnexpectedCharacter = new("IRK1001", "a character that no construct uses");
    public static readonly Code ControlCharacter = new("IRK1002", "a control character in the text");
    public static readonly Code Expected = new("IRK1003", "something required is missing");
    public static readonly Code InvalidEncoding = new("IRK1004", "bytes that are not UTF-8");
    public static readonly Code UnterminatedString = new("IRK1005", "a text in quotes that does not end on its line");
    public static readonly Code UnterminatedComment = new("IRK1006", "a comment that does not end");
    public static readonly Code MalformedNumber = new("IRK1007", "a number that is not written as numbers are");
    public static readonly Code NumberTooLarge = new("IRK1008", "a number out of range");
    public static readonly Code UnknownUnit = new("IRK1009", "a unit that is not ns, us, ms or s");
    public static readonly Code DecimalWithoutUnit = new("IRK1010", "a decimal number that is no time");
    public static readonly Code ReservedWord = new("IRK1011", "a reserved word in the place of a name");
    public static readonly Code ExpectedItem = new("IRK1012", "something that is no declaration at the level of the file");
    public static readonly Code ExpectedStatement = new("IRK1013", "something that is no statement in a block");
    public static readonly Code Misplaced = new("IRK1014", "a construct in a place where it cannot stand");
    public static readonly Code ExpectedOneOf = new("IRK1015", "none of the words that may stand in a place");
    public static readonly Code UnknownQuery = new("IRK1016", "a query that does not exist");
    public static readonly Code ComparisonChain = new("IRK1017", "a comparison of a comparison");
    public static readonly Code AssignmentInExpression = new("IRK1018", "'=' where '==' is meant");
    public static readonly Code NestingTooDeep = new("IRK1019", "more nesting than the limit");
    public static readonly Code ExpressionTooLong = new("IRK1020", "an expression with more operators than the limit");
    public static readonly Code TooManyErrors = new("IRK1021", "more errors than are shown");
    public static readonly Code NameTooLong = new("IRK1022", "a name over the limit of length");

    // IRK2xxx: names
    public static readonly Code DuplicateName = new("IRK2001", "a name declared twice");
    public static readonly Code UnknownName = new("IRK2002", "a name that nothing has");
    public static readonly Code WrongKind = new("IRK2003", "a name of something else than is needed");
    public static readonly Code AmbiguousInstance = new("IRK2004", "several instances where one is meant");
    public static readonly Code UnknownMessage = new("IRK2005", "a message that its receiver does not handle");
    public static readonly Code AmbiguousName = new("IRK2006", "a name that means several things");
    public static readonly Code ParameterClash = new("IRK2007", "a handler parameter that hides another name");
    public static readonly Code NoReceiver = new("IRK2008", "a message to nobody");
    public static readonly Code CyclicDefinition = new("IRK2009", "something defined by itself");
    public static readonly Code ForeignVariable = new("IRK2010", "an assignment to a variable of somebody else");
    public static readonly Code FixedEndpoint = new("IRK2011", "a bind of something that is no movable endpoint");
    public static readonly Code UnusedDeclaration = new("IRK2012", "something declared and never used", Severity.Warning);

    // IRK3xxx: units and types
    public static readonly Code UnitMissing = new("IRK3001", "a number where a time is needed");
    public static readonly Code EmptyInterval = new("IRK3002", "an interval whose end lies before its beginning");
    public static readonly Code NegativeTime = new("IRK3003", "a time that can be negative");
    public static readonly Code EndlessTime = new("IRK3004", "'forever' where an end is needed");
    public static readonly Code IntervalInArithmetic = new("IRK3005", "an interval where a single time is needed");
    public static readonly Code ZeroTime = new("IRK3006", "a time that can be zero where it must not");
    public static readonly Code TimeArithmetic = new("IRK3007", "arithmetic that gives no time");
    public static readonly Code ParameterNotAllowed = new("IRK3008", "a parameter where a known time is needed");
    public static readonly Code TypeMismatch = new("IRK3009", "a value of the wrong type");
    public static readonly Code OperatorMismatch = new("IRK3010", "an operator between values it is not for");
    public static readonly Code RangeSize = new("IRK3011", "a range without values or with too many");
    public static readonly Code OutOfRange = new("IRK3012", "a number outside what is possible");
    public static readonly Code NotConstant = new("IRK3013", "a value that is not known beforehand");
    public static readonly Code Overflow = new("IRK3014", "a number that 32 bits may not hold");
    public static readonly Code ArgumentCount = new("IRK3015", "too many or too few arguments");
    public static readonly Code ParametersDiffer = new("IRK3016", "one message with different parameters behind one endpoint");
    public static readonly Code JitterTooLong = new("IRK3017", "a jitter that reaches the next arrival");
    public static readonly Code AnswerMissing = new("IRK3018", "a reply without the value that a caller takes");
    public static readonly Code ActorComparison = new("IRK3019", "'bound' or 'holder' outside a comparison with an actor");
    public static readonly Code TimeExpected = new("IRK3020", "something else where a time is needed");
    public static readonly Code MembersDiffer = new("IRK3021", "a variable that not everybody behind an endpoint has");
    public static readonly Code FixedOutside = new("IRK3022", "a parameter fixed to a value outside its range");
    public static readonly Code DrawnOutside = new("IRK3023", "a duration drawn at a value that it cannot have");

    // IRK4xxx: structure and well-formedness
    public static readonly Code ReplyOutsideHandler = new("IRK4001", "a reply outside a handler");
    public static readonly Code NotInDevice = new("IRK4002", "something that devices do not do");
    public static readonly Code PriorityMissing = new("IRK4003", "a process or server without priority");
    public static readonly Code AttributeMisplaced = new("IRK4004", "an attribute that does not apply");
    public static readonly Code AttributeRepeated = new("IRK4005", "an attribute written twice");
    public static readonly Code AnswerUncertain = new("IRK4006", "a called handler that can end without a reply", Severity.Warning);
    public static readonly Code AnsweredTwice = new("IRK4007", "a reply after the reply", Severity.Warning);
    public static readonly Code CallToSelf = new("IRK4008", "a call to oneself", Severity.Warning);
    public static readonly Code LoopWithoutTime = new("IRK4009", "a loop that can go round in no time", Severity.Warning);
    public static readonly Code Unreachable = new("IRK4010", "statements that are never reached", Severity.Warning);
    public static readonly Code MeasureNested = new("IRK4011", "a measure inside itself");
    public static readonly Code TooMany = new("IRK4012", "more than the limit of something");
    public static readonly Code VariantsConflict = new("IRK4013", "a property in two variants");
    public static readonly Code LockNested = new("IRK4014", "a mutex locked by who holds it");
    public static readonly Code CeilingTooLow = new("IRK4015", "a ceiling below the priority of a user", Severity.Warning);
    public static readonly Code NoResponse = new("IRK4016", "a response of something that has no jobs");
    public static readonly Code RuleRepeated = new("IRK4017", "a rule of the machine written twice");
    public static readonly Code NotifyWithArguments = new("IRK4018", "a notification with arguments");
    public static readonly Code NotifyingWithoutCrash = new("IRK4019", "'notifying' at a fault that is no crash");
    public static readonly Code NeverBound = new("IRK4020", "an endpoint that nobody is ever bound to", Severity.Warning);
    public static readonly Code NothingActs = new("IRK4021", "a system in which nothing acts", Severity.Warning);
    public static readonly Code MeasuredName = new("IRK4022", "measured data that are not named system.measure.condition");
    public static readonly Code ExperimentRuleRepeated = new("IRK4023", "a rule of an experiment written twice");

    // IRK5xxx: imports and files
    public static readonly Code FileNotFound = new("IRK5001", "a file that does not exist");
    public static readonly Code FileUnreadable = new("IRK5002", "a file that cannot be read");
    public static readonly Code FileTooLarge = new("IRK5003", "a file over the limit of size");
    public static readonly Code ImportOutsideRoot = new("IRK5004", "an import from outside the folder of the specification");
    public static readonly Code ImportCycle = new("IRK5005", "a file that imports itself, directly or by others");
    public static readonly Code TooManyFiles = new("IRK5006", "more files than the limit, or too much text in all of them");
    public static readonly Code SystemMissing = new("IRK5007", "a main file that does not begin with its system line");
    public static readonly Code SystemInImport = new("IRK5008", "a system line in an imported file");

    /// <summary>In the order of the page.</summary>
    public static ImmutableArray<Code> All { get; } =
        [.. typeof(Codes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<Code>()];
}
