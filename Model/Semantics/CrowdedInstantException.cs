namespace Irekae.Model.Semantics;

/// <summary>One instant of a specification has more orders of simultaneous steps than are followed. What is known of its runs is then known of a part only.</summary>
public sealed class CrowdedInstantException(int limit) : OverflowException($"one instant has more than {limit:N0} orders of simultaneous steps");
