using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Irekae.Model.Binding;
using Irekae.Model.Semantics;

namespace Irekae.Checker.Timelines;

/// <summary>
/// A run in the Informal Trace Format: one state for each move, as it is when nothing more happens at that instant. <c>time</c> is in fine ticks, exactly; the
/// length of one stands in <c>#meta</c>.
/// </summary>
public static class ItfWriting
{
    public static string Of(Timeline timeline)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) Write(timeline, json);
        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static void Write(Timeline timeline, Utf8JsonWriter json)
    {
        var (run, spec) = (timeline.Run, timeline.System);
        json.WriteStartObject();
        json.WriteStartObject("#meta");
        json.WriteString("format", "ITF");
        json.WriteString("source", spec.Name);
        json.WriteString("nanoseconds_per_unit_of_time", run.Nanoseconds(1).ToFraction());
        json.WriteEndObject();
        json.WriteStartArray("vars");
        foreach (string name in (string[])["time", "by", "events", "running", "state", "data"]) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteStartArray("states");
        for (int i = 0; i < run.Steps.Length; i++)
        {
            var step = run.Steps[i];
            if (step.Instant < timeline.From || step.Instant > timeline.To) continue;
            json.WriteStartObject();
            json.WriteStartObject("#meta");
            json.WriteNumber("index", i);
            json.WriteEndObject();
            json.WriteStartObject("time");
            json.WriteString("#bigint", step.Instant.ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
            json.WriteString("by", RunTable.Who(run, i));
            json.WriteStartArray("events");
            foreach (var e in step.Move.Events) json.WriteStringValue(run.System.Describe(e));
            foreach (var violation in step.Move.Violations) json.WriteStringValue("error: " + violation.Text);
            json.WriteEndArray();
            var situations = spec.Actors.Select(actor => run.System.SituationOf(step.Move.Next, actor.Index)).ToArray();
            Map("running", Enumerable.Range(0, spec.Machine.Cores), core => json.WriteNumberValue(core),
                core => json.WriteStringValue(Array.FindIndex(situations, at => at.Core == core) is >= 0 and var on ? spec.Actors[on].Name : ""));
            Map("state", spec.Actors, actor => json.WriteStringValue(actor.Name), actor => json.WriteStringValue(TimelineReader.StateOf(spec, actor, situations[actor.Index])?.Word() ?? "absent"));
            Map("data", spec.Variables, variable => json.WriteStringValue(variable.Name), variable => Value(variable, run.System.ValueOf(step.Move.Next, variable)));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();

        void Map<T>(string name, IEnumerable<T> keys, Action<T> key, Action<T> value)
        {
            json.WriteStartObject(name);
            json.WriteStartArray("#map");
            foreach (var one in keys)
            {
                json.WriteStartArray();
                key(one);
                value(one);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        void Value(Variable variable, int value)
        {
            if (variable.Type is DataType.Bool) json.WriteBooleanValue(value != 0);
            else if (variable.Type is DataType.Range) json.WriteNumberValue(value);
            else json.WriteStringValue(TransitionSystem.ValueName(variable.Type, value));
        }
    }
}
