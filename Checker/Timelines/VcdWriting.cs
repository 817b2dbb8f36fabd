using System.Globalization;
using System.Numerics;
using System.Text;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Timelines;

/// <summary>
/// A timeline as a value change dump (IEEE 1364) for GTKWave. Each row is a scope: a core says who is <c>running</c>; an actor has its <c>state</c>, a bit
/// that it is on a core, its <c>priority</c> and its <c>place</c>. Words are values of the type <c>string</c>, which GTKWave reads beyond the standard. The unit
/// is the largest power of ten from seconds to femtoseconds that divides a fine tick; where none does, instants are rounded down to femtoseconds.
/// </summary>
public static class VcdWriting
{
    private const string Nobody = "-";

    public static string Of(Timeline timeline)
    {
        var text = new StringBuilder();
        var (unit, perTick) = UnitOf(timeline.Run.Nanoseconds(1));
        text.Append("$version irekae $end\n");
        text.Append($"$comment {timeline.System.Name}: a fine tick is {timeline.Run.Nanoseconds(1)} ns{(perTick.IsInteger ? "" : ", rounded down")} $end\n");
        text.Append($"$timescale {unit} $end\n$scope module {Word(timeline.System.Name)} $end\n");
        var changes = new SortedDictionary<BigInteger, List<string>>();
        int identifiers = 0;
        foreach (var lane in timeline.Lanes)
        {
            text.Append($"$scope module {Word(lane.Name)} $end\n");
            if (lane.Core >= 0)
            {
                Words("running", lane, segment => segment.State == State.Switching ? $"({timeline.Name(segment.Other)})" : timeline.Name(segment.Other));
            }
            else
            {
                Words("state", lane, segment => segment.State.Word());
                Words("waits", lane, segment => segment.State is State.InCall or State.InDevice or State.InLock or State.InAwait ? timeline.Says(lane, segment) : Nobody);
                Signal("wire 1", "on_core", lane, segment => segment.State == State.Running ? "1" : "0", "0", (value, id) => value + id);
                Words("place", lane, segment => segment.Place is { } place ? place.ToString() : Nobody);
                Signal("integer 32", "priority", lane, segment => segment.Priority < 0 ? "bx" : "b" + Convert.ToString(segment.Priority, 2), "bx", (value, id) => $"{value} {id}");
            }

            text.Append("$upscope $end\n");
        }

        text.Append("$upscope $end\n$enddefinitions $end\n");
        changes.TryAdd(At(timeline.To), []);
        foreach (var (instant, values) in changes)
        {
            text.Append(CultureInfo.InvariantCulture, $"#{instant}\n");
            foreach (string value in values) text.Append(value).Append('\n');
        }

        return text.ToString();

        void Words(string name, Lane lane, Func<Segment, string> value) => Signal("string 1", name, lane, segment => Word(value(segment)), Nobody, (word, id) => $"s{word} {id}");

        void Signal(string type, string name, Lane lane, Func<Segment, string> value, string none, Func<string, string, string> write)
        {
            string id = Identifier(identifiers++), last = "";
            text.Append($"$var {type} {id} {name} $end\n");
            long free = timeline.From;
            foreach (var segment in lane.Segments)
            {
                if (segment.From > free) Change(free, none);
                Change(segment.From, value(segment));
                free = segment.To;
            }

            if (free < timeline.To || lane.Segments.IsEmpty) Change(free, none);

            void Change(long instant, string now)
            {
                if (now == last) return;
                last = now;
                if (!changes.TryGetValue(At(instant), out var list)) changes[At(instant)] = list = [];
                list.Add(write(now, id));
            }
        }

        BigInteger At(long instant) => (perTick * instant).Floor();
    }

    /// <summary>The largest unit in which a fine tick is a whole number, and that number.</summary>
    private static (string Unit, Rational PerTick) UnitOf(Rational nanoseconds)
    {
        var femtoseconds = nanoseconds * 1_000_000;
        string[] names = ["1 s", "100 ms", "10 ms", "1 ms", "100 us", "10 us", "1 us", "100 ns", "10 ns", "1 ns", "100 ps", "10 ps", "1 ps", "100 fs", "10 fs"];
        var unit = BigInteger.Pow(10, 15);
        foreach (string name in names)
        {
            if ((femtoseconds / unit).IsInteger) return (name, femtoseconds / unit);
            unit /= 10;
        }

        return ("1 fs", femtoseconds);
    }

    /// <summary>Values and names have no blanks.</summary>
    private static string Word(string text) => string.Concat(text.Select(c => c is > ' ' and <= '~' ? c : '_'));

    private static string Identifier(int number)
    {
        const int First = '!', Count = '~' - '!' + 1;
        string identifier = "";
        do
        {
            identifier += (char)(First + (number % Count));
            number /= Count;
        }
        while (number-- > 0);
        return identifier;
    }
}
