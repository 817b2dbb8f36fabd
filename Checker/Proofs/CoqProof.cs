using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Irekae.Model.Numbers;

namespace Irekae.Checker.Proofs;

/// <summary>
/// Proof.v: model.json and cert.json as terms of Coq, the theorem that the one proves of the other, and the run that shows its value. What the terms
/// mean, and that a certificate which its checker accepts is a proof, stands in Irekae.v, which goes with it. Names of the specification are in
/// comments only. Lists are cut into pieces, since Coq's parser nests as deep as a list is long.
/// </summary>
internal sealed class CoqProof
{
    private const int Piece = 100;

    private readonly StringBuilder text = new();
    private readonly JsonElement model;
    private readonly JsonElement certificate;
    private readonly string[] timers;
    private readonly bool[] clocks;

    private CoqProof(JsonElement model, JsonElement certificate)
    {
        this.model = model;
        this.certificate = certificate;
        timers = [.. model.GetProperty("timers").EnumerateArray().Select(t => t.GetProperty("name").GetString()!)];
        clocks = [.. model.GetProperty("timers").EnumerateArray().Select(t => t.GetProperty("kind").GetString() == "clock")];
    }

    /// <param name="model">model.json, accepted by the checker.</param>
    /// <param name="certificate">cert.json, likewise; with one claim.</param>
    /// <param name="run">One that shows the value, or comes near it; null: there is none, or the claim is not about one.</param>
    /// <param name="question">For readers, as the answer.</param>
    public static string Of(ReadOnlyMemory<byte> model, ReadOnlyMemory<byte> certificate, ModelRun? run, string question, string answer)
    {
        using var first = JsonDocument.Parse(model);
        using var second = JsonDocument.Parse(certificate, new JsonDocumentOptions { MaxDepth = 256 });
        var proof = new CoqProof(first.RootElement, second.RootElement);
        proof.Write(run, question, answer);
        return proof.text.ToString();
    }

    private void Write(ModelRun? run, string question, string answer)
    {
        text.Append("(** A proof for Coq: coqc Irekae.v, then coqc Proof.v\n\n");
        text.Append(CultureInfo.InvariantCulture, $"      {Comment(question)}\n      {Comment(answer)}\n\n");
        text.Append("    The theorems are at the end; what their words mean is part 1 of Irekae.v. *)\n\n");
        text.Append("From Coq Require Import NArith ZArith QArith Reals List.\nImport ListNotations.\nRequire Import Irekae.\n");
        Model();
        Certificate();
        Theorems(run);
    }

    // --- the model

    private void Model()
    {
        text.Append("\n(** * The model, as model.json has it *)\n\nLocal Open Scope N_scope.\n\nDefinition beginnings : list edge := [");
        Edges(model.GetProperty("initial"));
        text.Append("].\n");
        int count = 0;
        foreach (var location in model.GetProperty("locations").EnumerateArray())
        {
            text.Append($"\nDefinition l{count++} := (* {Comment(string.Join(", ", Integers(location.GetProperty("timers")).Select(t => timers[t])))} *)\n");
            text.Append(" Location ").Append(List(Rates(location))).Append(' ').Append(List(Numbers(location.GetProperty("flags"))));
            if (location.GetProperty("edges") is { ValueKind: JsonValueKind.Array } edges)
            {
                text.Append(" (Some [");
                Edges(edges);
                text.Append("]).\n");
            }
            else
            {
                text.Append(" None.\n");
            }
        }

        Pieces("places", "list location", [.. Enumerable.Range(0, count).Select(i => $"l{i}")], "; ");
        text.Append("Definition model := Automaton beginnings places.\n");
    }

    /// <summary>Timers of rate 1 are clocks, and no others: "elapsed" is what they show.</summary>
    private IEnumerable<string> Rates(JsonElement location)
    {
        foreach (var (timer, rate) in Integers(location.GetProperty("timers")).Zip(Integers(location.GetProperty("rates"))))
        {
            if (clocks[timer] != (rate == 1)) throw new InvalidOperationException($"'{timers[timer]}' has rate {rate}");
            yield return rate switch { -1 => "Down", 0 => "Still", _ => "Up" };
        }
    }

    private void Edges(JsonElement edges)
    {
        bool first = true;
        foreach (var edge in edges.EnumerateArray())
        {
            int fires = edge.GetProperty("fires").GetInt32();
            text.Append(first ? "\n  (* " : ";\n  (* ").Append(Comment(edge.GetProperty("says").GetString()!)).Append(" *)\n  Edge ");
            text.Append(fires < 0 ? "None" : $"(Some {fires})").Append(edge.GetProperty("at_once").GetBoolean() ? " true " : " false ");
            text.Append(List(Numbers(edge.GetProperty("before")))).Append(' ').Append(edge.GetProperty("to").GetInt32()).Append(' ');
            text.Append(List(Integers(edge.GetProperty("continues")).Select(c => c < 0 ? "Begins" : $"Continues {c}"))).Append(' ');
            text.Append(List(edge.GetProperty("fresh").EnumerateArray().Select(Interval))).Append(' ');
            text.Append(List(Integers(edge.GetProperty("ends")).Select(c => c < 0 ? "AtOnce" : $"Clock {c}"))).Append(' ');
            text.Append(List(Numbers(edge.GetProperty("flags"))));
            first = false;
        }
    }

    private static string Interval(JsonElement fresh)
    {
        string high = fresh.GetProperty("high") is { ValueKind: JsonValueKind.Array } end ? $"(Some {Bound(end)})" : "None";
        return $"Interval {fresh.GetProperty("timer").GetInt32()} {Bound(fresh.GetProperty("low"))} {high}";
    }

    private static string Bound(JsonElement end)
    {
        var numbers = end.EnumerateArray().Select(Integer).ToArray();
        var terms = Enumerable.Range(0, numbers.Length / 2 - 1).Select(i => $"({numbers[2 * i + 2]}, {Whole(numbers[2 * i + 3])}%Z)");
        return $"(Bound {Whole(numbers[0])} {numbers[1]} {List(terms)})";
    }

    // --- the certificate

    private void Certificate()
    {
        text.Append("\n(** * The certificate, as cert.json has it *)\n\nLocal Open Scope Z_scope.\n\n");
        var nodes = certificate.GetProperty("nodes").EnumerateArray().ToArray();
        string Of(string name) => Pieces($"table_of_{name}", "list (list Z)", [.. certificate.GetProperty(name).EnumerateArray().Select(r => List(Numbers(r)))], ";\n  ");
        string rows = Of("rows"), combinations = Of("combinations");
        for (int i = 0; i < nodes.Length; i++)
        {
            int location = nodes[i].GetProperty("at").GetInt32();
            var edges = model.GetProperty("locations")[location].GetProperty("edges");
            text.Append($"Definition n{i} := Node {location} {(nodes[i].TryGetProperty("rank", out var rank) ? rank.GetInt32() : 0)} {List(Numbers(nodes[i].GetProperty("rows")))} ").Append(Steps(location, edges, nodes[i].GetProperty("steps"))).Append(".\n");
        }

        string listed = Pieces("all_nodes", "list node", [.. Enumerable.Range(0, nodes.Length).Select(i => $"n{i}")], "; ");
        string slow = Slow();
        text.Append($"Definition certificate := Irekae.Certificate {rows} {combinations}\n {Steps(-1, model.GetProperty("initial"), certificate.GetProperty("initial"))} {listed} {slow}.\n");
    }

    private string Steps(int location, JsonElement edges, JsonElement steps) =>
        List(edges.EnumerateArray().Zip(steps.EnumerateArray(), (edge, step) =>
            $"({Reason(location, edge, step)}, {List(step.TryGetProperty("bounds", out var bounds) ? Numbers(bounds) : [])})"), ";\n  ");

    private string Reason(int location, JsonElement edge, JsonElement step)
    {
        if (step.TryGetProperty("no", out var no)) return $"no {no.GetInt32()}";
        if (!step.TryGetProperty("if", out var row))
        {
            string goes = $"goes {step.GetProperty("to").GetInt32()} {List(Numbers(step.GetProperty("by")))}";
            return step.TryGetProperty("later", out var later) ? $"later {later.GetInt32()} ({goes})" : goes;
        }

        var numbers = row.EnumerateArray().Select(Integer).ToArray();
        for (int i = 2; i < numbers.Length; i += 2) numbers[i] = Variable(location, edge, (int)numbers[i]);
        return $"cases {List(numbers.Select(Whole))} ({Reason(location, edge, step.GetProperty("then"))}) ({Reason(location, edge, step.GetProperty("else"))})";
    }

    /// <summary>Slow timers (docs/proofs.md), by location; where that is claimed that they are for.</summary>
    private string Slow()
    {
        if (!certificate.GetProperty("claims").EnumerateArray().Any(c => c.TryGetProperty("time_passes", out _))) return "[]";
        bool[] slow = SlowTimers.Of(model);
        string[] here = [.. model.GetProperty("locations").EnumerateArray().Select(l => List(Integers(l.GetProperty("timers")).Select((t, i) => (t, i)).Where(p => slow[p.t]).Select(p => $"{p.i}%N")))];
        return Pieces("slow_timers", "list (list N)", here, "; ");
    }

    /// <summary>A place in z (docs/proofs.md) as Irekae.v has it: what begins on the edge as −1 − its place at the target.</summary>
    private int Variable(int location, JsonElement edge, int place)
    {
        int old = location < 0 ? 0 : model.GetProperty("locations")[location].GetProperty("timers").GetArrayLength();
        if (place < old) return place;
        var continues = Integers(edge.GetProperty("continues")).ToArray();
        return -1 - Enumerable.Range(0, continues.Length).Where(k => continues[k] < 0).ElementAt(place - old);
    }

    // --- the theorems

    private void Theorems(ModelRun? shown)
    {
        text.Append("\n(** * What is proved *)\n\n");
        var claim = certificate.GetProperty("claims").EnumerateArray().Single();
        if (claim.TryGetProperty("never", out var flag))
        {
            int number = flag.GetInt32();
            string name = model.GetProperty("flags")[number].GetString()!;
            Checked($"(Never {number})");
            text.Append($"(** On no run: {Comment(name)}. That is flag {number} of the model. *)\n");
            Theorem("never", $"forall p x, reachable {{0}} model p x -> ~ meets {{0}} model p x {number}%N", $"no_run_meets model certificate {number}%N checked", $"no_run_meets_rational model certificate {number}%N checked");
            Complete($"(Never {number})");
            Assumptions("never", "nothing_is_missing");
            return;
        }

        if (claim.TryGetProperty("time_passes", out _))
        {
            Checked("Passes");
            text.Append("(** No run makes infinitely many moves in no time. *)\n");
            Theorem("time_goes_on", "time_passes {0} model", "Irekae.time_goes_on model certificate checked", "Irekae.time_goes_on_rational model certificate checked");
            Complete("Passes");
            Assumptions("time_goes_on", "nothing_is_missing");
            return;
        }

        bool largest = claim.TryGetProperty("max", out var bound);
        if (!largest) bound = claim.GetProperty("min");
        bool strict = claim.GetProperty("strict").GetBoolean();
        var value = new Rational(Integer(bound[0]), Integer(bound[1]));
        string tick = Comment(model.GetProperty("tick").GetString()!);
        string term = $"({(largest ? "Max" : "Min")} {Fraction(value)} {(strict ? "true" : "false")})";
        Checked(term);
        string order = strict ? "<" : "<=";
        text.Append(largest
            ? $"(** In every state of every run, and until the next edge: what is timed has lasted {(strict ? "less than" : "at most")} this many ticks of {tick}. *)\n"
            : $"(** Whatever is timed and ends, in any run, has lasted {(strict ? "more than" : "at least")} this many ticks of {tick}. *)\n");
        string Statement(string number) => "forall p x elapsed, reachable {0} model p x -> " + (largest
            ? $"elapses {{0}} model p x elapsed -> (elapsed {order} {number})"
            : $"ends_after {{0}} model p x elapsed -> ({number} {order} elapsed)");
        string lemma = (largest, strict) switch { (true, false) => "at_most", (true, true) => "less_than", (false, false) => "at_least", _ => "more_than" };
        Both("bound", Statement, value, $"{lemma} model certificate", "checked");
        Complete(term);
        if (shown is null)
        {
            text.Append("(** No run of the model is given here that shows the value. *)\n\n");
            Assumptions("bound", "nothing_is_missing");
            return;
        }

        Shown(shown, value);
        Assumptions("bound", "nothing_is_missing", "shown");
    }

    private void Shown(ModelRun shown, Rational bound)
    {
        static string Values(ImmutableArray<long> values) => List(values.Select(v => Whole(v)));
        bool near = !shown.Limit.IsEmpty;
        Pieces("run", near ? "list (move * list Z)" : "list move", [.. shown.Moves.Select((m, i) => $"Move {m.Edge} {Values(m.Begun)}{(near ? ", " + Values(shown.Limit[i]) : "")}").Select(m => near ? $"({m})" : m)], "; ");
        string ending = shown.Ends ? shown.Clock < 0 ? "AtOnce" : $"(Clock {shown.Clock})" : $"{shown.Clock}%N";
        string test = (near, shown.Ends) switch { (false, true) => "run_ends", (false, false) => "run_shows", (true, true) => "near_ends", _ => "near_shows" };
        text.Append($"Lemma run_is_possible : {test} model {shown.Fine} run {ending} {Fraction(bound)} = true.\nProof. vm_cast_no_check (eq_refl true). Qed.\n\n");
        text.Append(near ? "(** Runs come as near to that as one likes. *)\n" : "(** That is exact: a run has it. *)\n");
        string verb = shown.Ends ? "ends_after" : "elapses";
        string Exists(string then) => $"exists p x elapsed, reachable {{0}} model p x /\\ {verb} {{0}} model p x elapsed /\\ {then}";
        string lemma = (near, shown.Ends) switch { (false, true) => "attained", (false, false) => "elapsed_once", (true, true) => "comes_near", _ => "elapses_near" };
        Both("shown", number => near ? $"forall eps, (0 < eps)%{{2}} -> {Exists($"({{3}}{number}{{4}})")}" : Exists($"(elapsed = {number})"), bound, $"{lemma} model {shown.Fine} run {ending}", "run_is_possible");
    }

    /// <summary>A statement about a number over the reals and over the rationals.</summary>
    private void Both(string name, Func<string, string> statement, Rational value, string lemma, string premise)
    {
        string head = lemma[..lemma.IndexOf(' ', StringComparison.Ordinal)], rest = lemma[head.Length..];
        string real = value.IsInteger ? Whole(value.Numerator) : $"{Whole(value.Numerator)} / {value.Denominator}";
        string equal = value.IsInteger ? $"(whole {Whole(value.Numerator)})" : $"(quotient {Whole(value.Numerator)} {value.Denominator})";
        string Filled(string number, string time, string scope) => statement(number).Replace("{0}", time, StringComparison.Ordinal).Replace("{2}", scope, StringComparison.Ordinal);
        string overReals = Filled(real, "reals", "R").Replace("{3}", "", StringComparison.Ordinal).Replace("{4}", " - eps < elapsed < " + real + " + eps", StringComparison.Ordinal);
        text.Append($"Theorem {name} : {overReals}%R.\n");
        text.Append($"Proof. exact ({head}{rest} {Fraction(value)} _ {equal} {premise}). Qed.\n\n");
        string rational = Filled(Fraction(value), "rationals", "Q").Replace("elapsed = ", "elapsed == ", StringComparison.Ordinal).Replace("{3}", "(", StringComparison.Ordinal)
            .Replace("{4}", $" - eps < elapsed)%Q /\\ (elapsed < {Fraction(value)} + eps)", StringComparison.Ordinal);
        text.Append($"Theorem {name}_rational : {rational}%Q.\nProof. exact ({head}_rational{rest} {Fraction(value)} {premise}). Qed.\n\n");
    }

    private void Theorem(string name, string statement, string real, string rational)
    {
        text.Append($"Theorem {name} : {statement.Replace("{0}", "reals", StringComparison.Ordinal)}.\nProof. exact ({real}). Qed.\n\n");
        text.Append($"Theorem {name}_rational : {statement.Replace("{0}", "rationals", StringComparison.Ordinal)}.\nProof. exact ({rational}). Qed.\n\n");
    }

    private void Checked(string claim) =>
        text.Append($"Lemma checked : proves model certificate {claim} = true.\nProof. vm_cast_no_check (eq_refl true). Qed.\n\n");

    private void Complete(string claim)
    {
        text.Append("(** At every location that a run comes to, the model has all edges. *)\n");
        Theorem("nothing_is_missing", "complete {0} model", $"nothing_is_left_out model certificate {claim} checked", $"nothing_is_left_out_rational model certificate {claim} checked");
    }

    private void Assumptions(params string[] names)
    {
        text.Append("(** What the theorems rest on: over the reals Coq's own axioms of them, over the rationals nothing. *)\n");
        foreach (string suffix in new[] { "", "_rational" })
        {
            string all = names[..^1].Aggregate(names[^1] + suffix, (rest, name) => $"(conj {name}{suffix} {rest})");
            text.Append($"Definition all_theorems{suffix} := {all}.\nPrint Assumptions all_theorems{suffix}.\n");
        }
    }

    // --- terms

    /// <summary>A list under a name, in pieces.</summary>
    /// <returns>The name.</returns>
    private string Pieces(string name, string type, string[] items, string apart)
    {
        var pieces = items.Chunk(Piece).ToList();
        for (int i = 0; i < pieces.Count; i++) text.Append($"Definition {name}_{i} : {type} := [{string.Join(apart, pieces[i])}].\n");
        text.Append($"Definition {name} : {type} := {(pieces.Count == 0 ? "[]" : string.Join(" ++ ", Enumerable.Range(0, pieces.Count).Select(i => $"{name}_{i}")))}.\n");
        return name;
    }

    private static string List(IEnumerable<string> items, string apart = "; ") => $"[{string.Join(apart, items)}]";

    private static IEnumerable<int> Integers(JsonElement list) => list.EnumerateArray().Select(i => i.GetInt32());

    private static IEnumerable<string> Numbers(JsonElement list) => list.EnumerateArray().Select(i => Whole(Integer(i)));

    private static BigInteger Integer(JsonElement number) => ProofText.Integer(number);

    private static string Whole(BigInteger number) => number.Sign < 0 ? $"({number})" : number.ToString(CultureInfo.InvariantCulture);

    private static string Fraction(Rational value) => $"({Whole(value.Numerator)} # {value.Denominator})";

    /// <summary>Words as they may stand in a comment of Coq: nothing in them ends it, or begins another or a string.</summary>
    private static string Comment(string words) => string.Concat(words.Select(c => c switch { '*' => '×', '"' => '\'', _ when char.IsControl(c) => ' ', _ => c }));
}
