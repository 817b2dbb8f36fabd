using System.Collections.Immutable;
using System.Reflection;

namespace Irekae.Model.Diagnostics;

/// <summary>
/// Every code there is, one line each. A code is never reused for another meaning. Each has a <c>Report…</c> method of the same name in
/// <see cref="DiagnosticBag"/>, an example in specs/rejected and what a user sees for it beside the example.
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

    // IRK2xxx: names

    // IRK3xxx: units and types

    // IRK4xxx: structure and well-formedness

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
