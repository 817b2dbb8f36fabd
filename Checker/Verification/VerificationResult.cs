using System.Collections.Immutable;
using Irekae.Model.Numbers;
using Irekae.Model.Text;
using Irekae.Properties;

namespace Irekae.Checker.Verification;

/// <summary>Everything known of a system after verification, properties in source order, then the checks.</summary>
public sealed record VerificationResult(string System, ImmutableArray<PropertyResult> Results, ImmutableArray<Warning> Warnings);

/// <summary>Something that is no property and no error: a statement that no run reaches.</summary>
public sealed record Warning(string Text, SourceSpan? Span);

/// <summary>A sign of life, a few times a second.</summary>
/// <param name="Property">Which property, or check, is being explored; for shared explorations their names with commas.</param>
/// <param name="Best">For <c>max</c> and <c>min</c>: the best value reached so far, in nanoseconds.</param>
public sealed record VerifyProgress(string Property, long States, long Waiting, double StatesPerSecond, Rational? Best, TimeSpan Elapsed);
