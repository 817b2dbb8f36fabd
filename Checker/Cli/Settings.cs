using System.CommandLine;
using Irekae.Model;
using Irekae.Model.Diagnostics;
using Irekae.Model.Syntax;

namespace Irekae.Checker.Cli;

/// <summary><c>--set NAME=VALUE</c>: another value in the place of a duration, const or parameter, in every variant.</summary>
internal static class Settings
{
    public static Option<string[]> Option()
    {
        var option = new Option<string[]>("--set")
        {
            Description = "Another value for a duration, a const or a parameter, as in a specification: 'work=2 us .. 3 us'. May be repeated.",
            HelpName = "NAME=VALUE",
        };
        Require(option);
        return option;
    }

    /// <summary><c>--draw NAME=DISTRIBUTION</c>: a rule of every experiment, in the place of its own for that duration.</summary>
    public static Option<string[]> Draw()
    {
        var option = new Option<string[]>("--draw")
        {
            Description = "How a duration, or 'any time', is drawn, as in an experiment: 'work=triangular 3 us', 'work=empirical \"measured.csv\" \"work_us\"'. May be repeated.",
            HelpName = "NAME=HOW",
        };
        Require(option);
        return option;
    }

    /// <summary>Null, with what is wrong said, when a rule is not possible.</summary>
    public static SpecFile? Drawing(SpecFile file, string[] settings, Terminal terminal)
    {
        if (settings.Length == 0) return file;
        var syntax = file.Spec.Syntax;
        if (!syntax.Files[0].Items.OfType<ItemSyntax.Experiment>().Any())
        {
            var plain = SyntaxLoader.LoadText("--draw", "system s; experiment drawn { }").Files[0].Items;
            syntax = syntax with { Files = [syntax.Files[0] with { Items = [.. syntax.Files[0].Items, .. plain] }, .. syntax.Files.Skip(1)] };
        }

        foreach (string setting in settings)
        {
            var (name, how) = Parts(setting);
            // In the folder where the command is given, as its other files.
            var read = SyntaxLoader.LoadText("--draw", $"system s; experiment e {{ draw {name} {how}; }}");
            if (read.HasErrors || read.Files is not [{ Items: [ItemSyntax.Experiment { Rules: [ExperimentRuleSyntax.Draw rule] }] }])
            {
                terminal.Error.WriteLine($"'{how}' is no way to draw '{name}': {read.Diagnostics.FirstOrDefault(d => d.Severity == Severity.Error)?.Message ?? "write one"}");
                return null;
            }

            bool Replaces(ExperimentRuleSyntax own) => own is ExperimentRuleSyntax.Draw old && old.Duration?.Text == rule.Duration?.Text;
            ItemSyntax Drawn(ItemSyntax item) => item is ItemSyntax.Experiment one ? one with { Rules = [.. one.Rules.Where(own => !Replaces(own)), rule] } : item;
            syntax = syntax with { Files = [.. syntax.Files.Select(one => one with { Items = [.. one.Items.Select(Drawn)] })] };
        }

        return file with { Spec = Spec.FromSyntax(syntax) };
    }

    private static void Require(Option<string[]> option) => option.Validators.Add(result =>
    {
        foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1)) result.AddError($"'{token.Value}' is not {option.HelpName}");
    });

    private static (string Name, string Value) Parts(string setting)
    {
        int equals = setting.IndexOf('=', StringComparison.Ordinal);
        return (setting[..equals].Trim(), setting[(equals + 1)..].Trim());
    }

    /// <summary>Null, with what is wrong said, when a setting is not possible.</summary>
    public static SpecFile? Apply(SpecFile file, string[] settings, Terminal terminal)
    {
        var syntax = file.Spec.Syntax;
        foreach (string setting in settings)
        {
            var (name, value) = Parts(setting);
            var old = syntax.Files.SelectMany(one => one.Items).FirstOrDefault(item => Declares(item, name));
            if (old is null)
            {
                string[] known = [.. syntax.Files.SelectMany(one => one.Items).Select(NameOf).OfType<string>()];
                terminal.Error.WriteLine($"no duration, const or parameter is called '{name}'; there are: {string.Join(", ", known)}");
                return null;
            }
            string head = old switch { ItemSyntax.Duration => $"duration {name} =", ItemSyntax.Constant => $"const {name} =", _ => $"parameter {name} in" };
            var read = SyntaxLoader.LoadText("--set", $"system s; {head} {value};");
            if (read.HasErrors || read.Files is not [{ Items: [var item] }])
            {
                terminal.Error.WriteLine($"'{value}' is no value for '{name}': {read.Diagnostics.FirstOrDefault(d => d.Severity == Severity.Error)?.Message ?? "write one value"}");
                return null;
            }
            syntax = syntax with { Files = [.. syntax.Files.Select(one => one with { Items = [.. one.Items.Select(each => Replaced(each, old, item, name))] })] };
        }
        return settings.Length == 0 ? file : file with { Spec = Spec.FromSyntax(syntax) };
    }

    private static ItemSyntax Replaced(ItemSyntax item, ItemSyntax old, ItemSyntax by, string name) =>
        ReferenceEquals(item, old) ? by
        : item is ItemSyntax.Variant variant ? variant with { Settings = [.. variant.Settings.Where(setting => !Sets(setting, name))] }
        : item;

    private static bool Sets(SettingSyntax setting, string name) => setting switch
    {
        SettingSyntax.Replace replace => Declares(replace.Item, name),
        SettingSyntax.Fix fix => fix.Parameter.Text == name,
        _ => false,
    };

    private static bool Declares(ItemSyntax item, string name) => NameOf(item) == name;

    private static string? NameOf(ItemSyntax item) => item switch
    {
        ItemSyntax.Duration duration => duration.Name.Text,
        ItemSyntax.Constant constant => constant.Name.Text,
        ItemSyntax.Parameter parameter => parameter.Name.Text,
        _ => null,
    };
}
