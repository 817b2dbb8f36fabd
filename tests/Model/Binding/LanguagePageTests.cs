using System.Text.RegularExpressions;
using Irekae.Model;
using Irekae.Model.Binding;

namespace Irekae.Tests.Model.Binding;

/// <summary>docs/language.md says only what is so.</summary>
public partial class LanguagePageTests
{
    [GeneratedRegex("```irk\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    private static IEnumerable<string> Examples() => Blocks().Matches(File.ReadAllText(Repository.Folder("docs", "language.md"))).Select(match => match.Groups[1].Value);

    [Fact]
    public void Every_example_binds()
    {
        Assert.True(Examples().Count() > 5);
        foreach (string example in Examples())
            Assert.Empty(Bound(example).Diagnostics.Select(diagnostic => $"{diagnostic.Message}: {diagnostic.Span.Text}"));
    }

    private static Spec Bound(string example) => Spec.Bind(example.StartsWith("system", StringComparison.Ordinal) ? example : $"system page; {example}");

    /// <summary>What the examples of the page do not use.</summary>
    private const string Rest = """
        process p at 1 { priority 3; assert alive(p) && !running(p) "text"; await blocked(p); }
        device d { on m { wait 1 us; } }
        process q at 1 { notify d.m; }
        """;

    /// <summary>A kind of statement or question that the binder forgot comes out of no specification.</summary>
    [Fact]
    public void Every_kind_of_statement_and_question_is_bound()
    {
        var systems = Examples().Append(Rest).Select(example => Bound(example).System!).ToList();
        Assert.Equal(Kinds<BoundStatement>(), Names(systems.SelectMany(system => system.Actors).SelectMany(actor => actor.Body.WithDescendants())));
        Assert.Equal(Kinds<Question>(), Names(systems.SelectMany(system => system.Properties).Select(property => property.Question)));

        static IEnumerable<string> Kinds<T>() => typeof(T).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(T))).Select(type => type.Name).Order(StringComparer.Ordinal);
        static IEnumerable<string> Names(IEnumerable<object> nodes) => nodes.Select(node => node.GetType().Name).Distinct().Order(StringComparer.Ordinal);
    }
}
