using System.Diagnostics;
using System.Globalization;
using System.Text;
using Irekae.Model.Binding;

namespace Irekae.Model.Syntax;

/// <summary>
/// Prints a tree as canonical text: one item, member or statement to a line, two blanks for each level, parentheses only where they are needed.
/// <c>Parse(Print(tree))</c> equals the tree, spans aside, for every tree that was read without errors.
/// </summary>
public sealed partial class SyntaxPrinter
{
    private readonly StringBuilder text = new();
    private int level;

    private SyntaxPrinter()
    {
    }

    public static string Print(FileSyntax file)
    {
        var printer = new SyntaxPrinter();
        if (file.Header is { } header) printer.Line($"system {header.Name.Text}{Quoted(header.Description)};");
        foreach (var item in file.Items) printer.Print(item);
        return printer.text.ToString();
    }

    public static string Print(StatementSyntax statement)
    {
        var printer = new SyntaxPrinter();
        printer.PrintStatement(statement);
        return printer.text.ToString();
    }

    private void Line(string line) => text.Append(' ', 2 * level).Append(line).Append('\n');

    private void Braces<T>(string head, IEnumerable<T> elements, Action<T> print)
    {
        Line($"{head} {{");
        level++;
        foreach (var element in elements) print(element);
        level--;
        Line("}");
    }

    private static string Quoted(string description) => description.Length == 0 ? "" : $" \"{description}\"";

    private void Print(ItemSyntax item)
    {
        switch (item)
        {
            case ItemSyntax.Import import:
                Line($"import \"{import.Path}\";");
                break;
            case ItemSyntax.Machine machine:
                Braces("machine", machine.Rules, PrintMachineRule);
                break;
            case ItemSyntax.Duration duration:
                Line($"duration {duration.Name.Text} = {Text(duration.Value)}{Text(duration.Origin)};");
                break;
            case ItemSyntax.Constant constant:
                Line($"const {constant.Name.Text} = {Sum(constant.Value)}{Text(constant.Origin)};");
                break;
            case ItemSyntax.Parameter parameter:
                Line($"parameter {parameter.Name.Text} in {Text(parameter.Range)}{Text(parameter.Origin)};");
                break;
            case ItemSyntax.Token token:
                Line($"token {token.Name.Text} {{ {Names(token.Values)} }}");
                break;
            case ItemSyntax.Shared shared:
                Braces($"shared {shared.Name.Text}", shared.Variables, PrintVariable);
                break;
            case ItemSyntax.Mutex mutex:
                string protocol = mutex.Protocol switch
                {
                    MutexProtocol.None => "",
                    MutexProtocol.Inheritance => " inheritance",
                    MutexProtocol.Ceiling => mutex.Ceiling is { } ceiling ? $" ceiling {Sum(ceiling)}" : " ceiling",
                };
                Line($"mutex {mutex.Name.Text}{protocol};");
                break;
            case ItemSyntax.Endpoint endpoint:
                Line($"endpoint {endpoint.Name.Text} = {endpoint.Initial?.Text ?? "nobody"};");
                break;
            case ItemSyntax.Actor actor:
                PrintActor(actor);
                break;
            case ItemSyntax.Fault fault:
                string kind = fault.Kind switch { FaultKind.Crash => "crash", FaultKind.Lose => "lose", FaultKind.Refuse => "refuse" };
                string atMost = fault.AtMost is { } count ? $" at most {Sum(count)}" : "";
                string notifying = fault.Notifying is { } told ? $" notifying {told.Text}" : "";
                Line($"fault {fault.Name.Text}: {kind} {fault.Target.Text}{atMost}{notifying};");
                break;
            case ItemSyntax.Variant variant:
                Braces($"variant {variant.Name.Text}{Quoted(variant.Description)}", variant.Settings, PrintSetting);
                break;
            case ItemSyntax.Experiment experiment:
                Braces($"experiment {experiment.Name.Text}{Quoted(experiment.Description)}", experiment.Rules, rule => Line(Text(rule) + ";"));
                break;
            case ItemSyntax.Property property:
                string under = property.Under.IsEmpty ? "" : $" under {Names(property.Under)}";
                string @in = property.In is { } name ? $" in {name.Text}" : "";
                Line($"property {property.Name.Text}: {Text(property.Question)}{under}{@in};");
                break;
            case ItemSyntax.Measured measured:
                string beyond = measured.Beyond is { } known ? $" beyond {Sum(known)}" : "";
                string inside = measured.In is { } where ? $" in {where.Text}" : "";
                Line($"measured {measured.Cell.Text} as {(measured.Total ? "total " : "")}{Text(measured.Quantity)}{beyond}{inside}{(measured.During is { } when ? $" during {when.Text}" : "")};");
                break;
            default:
                throw new UnreachableException($"an item without a printed form: {item.GetType()}");
        }
    }

    private void PrintMachineRule(MachineRuleSyntax rule)
    {
        switch (rule)
        {
            case MachineRuleSyntax.Cores cores:
                Line($"cores {Sum(cores.Count)};");
                break;
            case MachineRuleSyntax.Scheduler scheduler:
                Braces("scheduler priority", scheduler.Rules, PrintSchedulerRule);
                break;
            case MachineRuleSyntax.Simultaneous simultaneous:
                Line($"ties {simultaneous.Ties switch { Ties.CompletionFirst => "completion_first", Ties.Any => "any", Ties.Batch => "batch" }};");
                break;
            case MachineRuleSyntax.Switch cost:
                Line($"switch {Text(cost.Cost)};");
                break;
            default:
                throw new UnreachableException($"a rule without a printed form: {rule.GetType()}");
        }
    }

    private void PrintSchedulerRule(SchedulerRuleSyntax rule) => Line(rule switch
    {
        SchedulerRuleSyntax.Quantum quantum => $"quantum {TextOrNone(quantum.Length)};",
        SchedulerRuleSyntax.Preempted preempted => preempted.ToTail ? "preempted to tail;" : "preempted to head;",
        SchedulerRuleSyntax.Slice slice => slice.Kept ? "slice kept;" : "slice fresh;",
        _ => throw new UnreachableException($"a rule without a printed form: {rule.GetType()}"),
    });

    private void PrintSetting(SettingSyntax setting)
    {
        switch (setting)
        {
            case SettingSyntax.Replace replace:
                Print(replace.Item);
                break;
            case SettingSyntax.Fix fix:
                Line($"parameter {fix.Parameter.Text} = {Sum(fix.Value)};");
                break;
            case SettingSyntax.Priority priority:
                Line($"{priority.Actor.Text} at {Sum(priority.Value)};");
                break;
            default:
                throw new UnreachableException($"a setting without a printed form: {setting.GetType()}");
        }
    }

    private static string Names(IEnumerable<NameSyntax> names) => string.Join(", ", names.Select(name => name.Text));

    private static string Text(OriginSyntax? origin) => origin switch
    {
        null => "",
        { Kind: { } kind } => $" from {kind.Text}({string.Join(", ", origin.Arguments.Select(Text))})",
        _ => $" from {Text(origin.Arguments[0])}",
    };

    private static string Text(OriginArgumentSyntax argument) => argument.Quoted ? $"\"{argument.Text}\"" : argument.Text;

    private static string Text(QuestionSyntax question) => question switch
    {
        QuestionSyntax.Max max => $"max {Text(max.Quantity)}{(max.Bound is { } bound ? $" <= {Sum(bound)}" : "")}",
        QuestionSyntax.Min min => $"min {Text(min.Quantity)}{(min.Bound is { } bound ? $" >= {Sum(bound)}" : "")}",
        QuestionSyntax.Always always => $"always {Text(always.Condition)}",
        QuestionSyntax.Never never => $"never {Text(never.Condition)}",
        QuestionSyntax.Reachable reachable => $"reachable {Text(reachable.Condition)}",
        QuestionSyntax.After after => $"after {after.Measure.Text}: {Text(after.Condition)}",
        QuestionSyntax.Answered answered => $"every {answered.Request.Text} is answered within {Sum(answered.Within)}",
        QuestionSyntax.Same same => same.Property.Text,
        QuestionSyntax.Missing => "",
        _ => throw new UnreachableException($"a question without a printed form: {question.GetType()}"),
    };

    private static string Text(QuantitySyntax quantity) => quantity switch
    {
        QuantitySyntax.OfMeasure measure => measure.Name.Text,
        QuantitySyntax.Gap gap => $"gap({gap.Mark.Text})",
        QuantitySyntax.Response response => $"response({response.Actor.Text})",
        _ => throw new UnreachableException($"a quantity without a printed form: {quantity.GetType()}"),
    };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
