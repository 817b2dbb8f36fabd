namespace Irekae.Properties.Running;

/// <summary>Marks an exception for test frameworks as a failed expectation: xunit goes by the name of the interface and then shows the message alone.</summary>
public interface IAssertionException;

/// <summary>Its message says everything: where in our code it was raised helps nobody.</summary>
public abstract class ExplainedException(string message) : Exception(message), IAssertionException
{
    public override string? StackTrace => null;
}
