namespace Irekae.Checker.Conformance.Traces;

public enum TraceFormat
{
    /// <summary>A table with a head: <see cref="CsvTrace"/>.</summary>
    Csv,

    /// <summary>What the kernel's <c>trace</c> file, <c>trace-cmd report</c> and <c>perf script</c> print: <see cref="SchedText"/>.</summary>
    Ftrace,

    /// <summary>What babeltrace prints of an LTTng trace: <see cref="BabeltraceText"/>.</summary>
    Babeltrace,

    /// <summary>The Trace Event Format: <see cref="ChromeTrace"/>.</summary>
    Chrome,
}
