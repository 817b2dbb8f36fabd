namespace Irekae.Checker.Timelines;

/// <summary>Ways to write a timeline down.</summary>
public enum TimelineFormat
{
    /// <summary>Plain text.</summary>
    Terminal,

    /// <summary>A drawing, for papers.</summary>
    Svg,

    /// <summary>A page for a browser, to zoom, move and fold.</summary>
    Html,

    /// <summary>Perfetto's TrackEvent packets.</summary>
    Perfetto,

    /// <summary>The Trace Event Format of Chrome: JSON, for older viewers.</summary>
    Chrome,

    /// <summary>Value change dump (IEEE 1364), for GTKWave.</summary>
    Vcd,

    /// <summary>The Informal Trace Format: JSON, one state for each move.</summary>
    Itf,

    /// <summary>The run as a table of what happens when, as <c>irekae conform</c> reads it.</summary>
    Csv,
}
