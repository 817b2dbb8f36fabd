using Irekae.Checker.Verification;
using Irekae.Model.Binding;

namespace Irekae.Checker.Report;

/// <summary>What a property asks, whatever its bound and its variant: the same question in several variants is one row of a table.</summary>
internal static class WhatIf
{
    public static string Question(Property property)
    {
        string text = Job.AsWritten(property);
        if (property.Variant is { } variant && text.EndsWith($" in {variant}", StringComparison.Ordinal)) text = text[..^(variant.Length + 4)];
        if (Job.Asked(property.Question) is null) return text;
        int end = text.IndexOfAny(['<', '>']);
        if (end < 0) return text;
        string faults = property.Under.IsEmpty ? "" : " under " + string.Join(", ", property.Under.Select(fault => fault.Name));
        return text[..end].TrimEnd() + faults;
    }
}
