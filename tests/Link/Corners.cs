using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Irekae.Model.Binding;

namespace Irekae.Tests.Link;

/// <summary>Small specifications that together have everything.</summary>
internal static partial class Corners
{
    public static IEnumerable<(string Name, string Text)> All()
    {
        var page = Blocks().Matches(File.ReadAllText(Repository.Folder("docs", "language.md"))).Select(m => m.Groups[1].Value);
        return page.Select((text, k) => ($"block {k + 1} of the language page", text.StartsWith("system", StringComparison.Ordinal) ? text : $"system page; {text}"))
            .Concat(Own.Select(o => (o.Name, o.Text.Contains("machine {", StringComparison.Ordinal) ? $"system corner; {o.Text}" : $"system corner; machine {{ scheduler priority; }} {o.Text}")));
    }

    [GeneratedRegex("```irk\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    private static readonly (string Name, string Text)[] Own =
    [
        ("a bind that drops what waits", """
            endpoint e = s1.a;
            server s1 at 2 instances a, b { on m { run 2 ms; reply; } on n { run 1 ms; } }
            process p at 1 { call e.m; }
            process q at 1 { call e.m else { run 1 ms; } }
            process r at 0 { send e.n; wait 1 ms; bind e to s1.b dropping inbox; }
            """),
        ("variables of one that was killed, has crashed or has ended", """
            server s1 at 2 { var n: 0 .. 3; on m { n = 2; reply; } }
            process p at 1 { var own: 0 .. 3; own = 3; run 1 ms; }
            process q at 0 {
              wait 2 ms; call s1.m else { } kill s1;
              if (s1.n == 2) { run 1 ms; } else { run 2 ms; }
              if (p.own == 3) { run 1 ms; } else { run 2 ms; }
              spawn s1; start s1; run 1 ms;
            }
            fault f: crash s1;
            property forgotten: always (s1.n == 0 || alive(s1)) && (p.own == 0 || alive(p));
            """),
        ("a server that has set its priority, and its successor", """
            server s1 at 3 { on m { priority 1; run 1 ms; } }
            process p at 2 { send s1.m; wait 3 ms; kill s1; spawn s1; run 1 ms; start s1; send s1.m; run 1 ms; }
            """),
        ("who is taken first", """
            server s1 at 2 { on m { run 1 ms; } on u urgent { run 1 ms; } on n { run 1 ms; } }
            process p at 0 { send s1.m; send s1.u; notify s1.n; wait 1 ms; send s1.m; notify s1.n; notify s1.n; send s1.u; }
            """),
        ("a priority that is lent on, against the order of declaration", """
            mutex m0 inheritance; mutex m1 inheritance;
            process c at 3 { lock m0 { run 5 ms; } }
            process b at 2 { wait 1 ms; lock m1 { lock m0 { run 1 ms; } } }
            process h at 0 { wait 2 ms; lock m1 { run 1 ms; } }
            process x at 1 { wait 3 ms; run 2 ms; }
            """),
        ("a holder that is ready and is lent a priority that another has", """
            mutex m inheritance;
            process low at 3 { lock m { run 4 ms; } }
            process w at 1 { wait 1 ms; run 2 ms; lock m { run 1 ms; } }
            process q at 1 { wait 2 ms; run 1 ms; }
            """),
        ("back to the core that ran it last, and a condition that comes true", """
            machine { cores 2; scheduler priority; switch 1 ms; }
            shared w { var x: bool; }
            process a at 1 { run 1 ms; wait 3 ms; run 1 ms; await w.x; run 1 ms; }
            process b at 2 { run 2 ms; wait 6 ms; run 1 ms; w.x = true; wait 6 ms; run 1 ms; }
            """),
        ("a waiter that is killed while the holder, to which it lends its priority, is ready", """
            mutex m inheritance;
            process low at 3 { lock m { run 4 ms; } run 1 ms; }
            process peer at 3 { wait 3 ms; run 2 ms; }
            process high at 1 { wait 1 ms; lock m { run 1 ms; } }
            process top at 0 { wait 2 ms; run 2 ms; kill high; run 1 ms; }
            """),
        ("receive inside init and inside a handler", """
            server s1 at 1 { init { receive { on go { } } } on m(n: 0 .. 3) { receive { on inner { reply; } } reply; } }
            process p at 2 { send s1.go; call s1.m(2); }
            process q at 3 { after any time; call s1.inner else { } }
            """),
        ("a handler that ends without an answer, exits, and answers twice", """
            server s1 at 1 instances a, b { on silent { run 1 ms; } on gone { run 1 ms; exit; } on twice { reply; reply; } }
            process p at 2 { call s1.a.twice; call s1.a.gone else { run 1 ms; } }
            process q at 3 { call s1.a.gone else { run 2 ms; } call s1.b.silent; }
            """),
        ("a dead owner, and its successor", """
            mutex m ceiling; mutex k inheritance;
            server w at 5 instances w absent { init { lock m { lock k { run 2 ms; } } } on go { } }
            process u at 1 { wait 2 ms; choose { lock k { run 1 ms; } } or { lock m { run 1 ms; } } }
            process b at 0 { spawn w.w; start w.w; wait 1 ms; kill w.w; spawn w.w; start w.w; wait 1 ms; priority 4; run 1 ms; }
            process c at 3 { wait 1 ms; run 5 ms; }
            """),
        ("who kills itself, and whom it answers", """
            server s1 at 1 { on m { kill s1; } }
            process p at 2 { call s1.m else { mark refused; } }
            process q at 2 { send s1.m; notify s1.m; notify s1.m; spawn s1; spawn s1; start s1; start s1; call s1.m; }
            property g: max gap(p.refused);
            """),
        ("what a device does for itself, and what others see of it", """
            shared w { var seen: bool; var late: bool; }
            device a { var x: 0 .. 2; on go { x = 1; x = 2; measure m { w.late = false; } } }
            process p at 0 { send a.go; w.seen = a.x == 1; w.late = true; }
            property longest: max m; property late: after m: w.late; property seen: reachable w.seen;
            """),
        ("a device that is killed in the midst of what it does", """
            shared w { var on: bool; }
            device a { on go { measure t { w.on = true; } } }
            process p at 0 { send a.go; kill a; }
            property longest: max t; property on: reachable w.on;
            """),
        ("a device that leaves the range of what is its own", """
            shared w { var on: bool; }
            device b { var n: 0 .. 1; on go { w.on = true; n = n + 1; } }
            process p at 0 { send b.go; send b.go; w.on = false; }
            property off: reachable !w.on;
            """),
        ("gaps across instances and over a kill", """
            server s1 at 2 instances a, b { on tick { mark beat; run 1 ms; } }
            process p at 1 { repeat 2 { send s1.a.tick; wait 1 ms .. 3 ms; send s1.b.tick; wait 1 ms; } choose { kill s1.a; kill s1.b; } or { mark over; } }
            property g: max gap(s1.beat); property h: min gap(p.over);
            """),
        ("quantities of everything at once", """
            server s1 at 1 { var v: 0 .. 2; on m { run 1 ms; v = v + 1; reply; } }
            endpoint e = s1;
            process p at 2 periodic 5 ms jitter 1 ms deadline 4 ms backlog 2 { mark b; measure t { call s1.m else { } } call e.m else { } }
            process o at 3 { after any time; bind e to nobody; }
            property a: max response(p); property b: max t; property c: min gap(p.b); property d: every s1.m is answered within 4 ms; property f: every e.m is answered within 4 ms;
            property g: after t: bound(e).v <= 1 && count(e) == 1 && bound(e) == s1;
            """),
        ("a full inbox while an endpoint moves", """
            machine { cores 2; scheduler priority { quantum 2 ms; slice kept; preempted to tail; } switch 1 ms .. 2 ms; }
            endpoint e = s1.a; endpoint f = s1.a;
            server s1 at 2 inbox 2 refuse instances a, b { on m { run 2 ms; reply; } on n urgent { run 1 ms; } }
            process p at 1 { call e.m else { run 1 ms; } }
            process q at 1 on core 1 { send f.n; send e.n; notify f.n; notify e.n; }
            process r at 3 { after any time; bind e to s1.b moving inbox; bind f to s1.b refusing inbox; wait 1 ms; bind e to nobody dropping inbox; }
            """),
        ("devices that wake one another", """
            machine { cores 2; scheduler priority; }
            device d1 { on m { send d2.m; wait 1 ms .. 2 ms; send p.done; } }
            device d2 inbox 1 drop { on m { notify p.bell; wait 1 ms; reply; } }
            process p at 1 { send d1.m; send d1.m; receive { on done { run 1 ms; } on bell { } } receive { on done { } on bell { } } }
            process q at 1 { call d2.m; }
            """),
        ("devices and processes that race at one instant", """
            machine { cores 2; scheduler priority; }
            shared g { var on: bool; var x: 0 .. 3; var y: 0 .. 3; }
            device d1 { init { await g.on; g.x = 1; send d2.m; } on m { g.y = g.x; notify p.bell; } }
            device d2 { init { await g.on; g.x = 2; } on m { repeat 2 { g.x = 3 - g.x; } wait 1 ms; } }
            process p at 1 { wait 1 ms; g.on = true; send d1.m; measure t { g.x = 0; run 1 ms; } receive { on bell { mark b; } } kill d2; }
            process q at 1 { await g.x > 0; send d2.m; g.y = 2; run 1 ms; }
            property a: max t; property b: after t: g.y == 2;
            """),
        ("notifications that merge, and that do not", """
            machine { scheduler priority; }
            server s1 at 2 { on bell { run 1 ms; } on ring { run 2 ms; } }
            process p at 1 { notify s1.bell; notify s1.bell; notify s1.ring; wait 4 ms; notify s1.bell; notify s1.bell; }
            """),
        ("the end of work is over with its last step", """
            machine { cores 2; scheduler priority { quantum 2 ms; } }
            server s1 at 1 { on m { nonpreemptive { run 3 ms; } reply; mark r; run 1 ms; } on n { run 1 ms; reply; } }
            process o at 1 { loop { run 2 ms; } }
            process p at 0 { call s1.m; run 1 ms; call s1.n; run 1 ms; }
            process j at 1 periodic 5 ms { mark b; run 1 ms; }
            """),
        ("a crash that is told, and one more", """
            server rs at 1 { on died urgent { run 1 ms; if (!alive(ds)) { spawn ds; start ds; } } }
            server ds at 2 { on store { run 2 ms; reply; } }
            process p at 3 { loop { call ds.store else { wait 1 ms; } wait 3 ms; } }
            fault f: crash ds at most 2 notifying rs.died; fault l: lose ds.store; fault r: refuse ds at most 2;
            property q: every ds.store is answered within 9 ms;
            """),
        ("awaits that come true together, and only for a moment", """
            machine { cores 2; scheduler priority; }
            shared g { var x: 0 .. 3; var y: bool; }
            process a at 1 { await g.x == 1; assert g.x == 1 "still"; g.y = true; }
            process b at 1 { await g.x == 1 && !g.y; mark b; }
            process c at 0 { wait 1 ms; g.x = 1; g.x = 2; await g.y || g.x >= 3; g.x = 1; g.x = -(-3) * 1 - 0; }
            property p: after t: blocked(a); process d at 2 { measure t { wait 1 ms; } if (g.x != 0) { exit; } }
            """),
        ("priorities and sections with slices", """
            machine { scheduler priority { quantum 2 ms; } }
            mutex m inheritance; mutex n ceiling;
            process a at 3 { lock m { run 1 ms; priority 2; run 3 ms; nonpreemptive { run 2 ms; lock n { run 1 ms; } } priority 3; } run 1 ms; }
            process b at 2 { wait 1 ms; lock n { run 3 ms; lock m { run 1 ms; } } }
            process c at 1 quantum none { wait 2 ms; lock m { run 1 ms; nonpreemptive { wait 1 ms; run 0 ms .. 1 ms; } } }
            process d at 3 quantum 1 ms nonpreemptive { run 3 ms; wait 0 ms; run 0 ms; run 2 ms; }
            property p: never holder(m) == a && running(b);
            """),
        ("work that ends while somebody more urgent waits", """
            machine { scheduler priority { quantum 2 ms; } }
            mutex m inheritance;
            server s1 at 2 nonpreemptive { on ask { run 2 ms; reply; run 1 ms; } }
            process high at 1 { wait 1 ms; run 1 ms; lock m { run 1 ms; } mark h; }
            process low at 2 { measure t { nonpreemptive { lock m { run 2 ms; } } } mark done; run 1 ms; call s1.ask; mark after; }
            process other at 2 { measure u { repeat 2 { nonpreemptive { run 3 ms; } } } }
            property a: max t; property b: max u; property c: max gap(low.done);
            """),
        ("the most urgent who waits is next", """
            mutex m;
            process first at 0 { lock m { run 1 ms; wait 2 ms; } }
            process low at 3 { lock m { run 1 ms; } }
            process high at 1 { wait 1 ms; lock m { run 1 ms; } }
            """),
        ("jobs that overrun", """
            process t at 1 periodic 9 ms backlog 1 { wait 20 ms; }
            process u at 2 periodic 4 ms backlog 2 { run 5 ms; }
            process v at 2 { loop { run 3 ms; } }
            property a: max response(u);
            """),
        ("one crash", """
            process q at 1 { wait 5 ms; }
            process r at 2 { wait 9 ms; }
            fault f: crash q;
            """),
        ("exits out of everything", """
            mutex m; mutex k inheritance;
            process p at 2 periodic 6 ms backlog 3 { measure t { nonpreemptive { lock k { lock m { run 1 ms; choose { exit; } or { run 6 ms; exit; } } } } } }
            process q at 1 sporadic 4 ms .. forever offset 1 ms jitter 2 ms { lock m { run 1 ms; } lock k { exit; } }
            property a: max t; property b: max response(p); property c: min response(q);
            """),
        ("who waits at a server that dies", """
            machine { cores 2; scheduler priority; switch 1 ms; }
            server s0 at 4 { on m(n: 0 .. 3) { run 1 ms; reply n; } }
            server s1 at 4 { on m(n: 0 .. 3, o: 0 .. 3) { run 2 ms; reply o; } }
            process p at 1 { var v: 0 .. 3; v = call s1.m(1, 2) else { run 1 ms; } mark a; }
            process q at 2 { var v: 0 .. 3; v = call s1.m(2, 3) else { run 1 ms; } v = call s0.m(3) else { } mark b; }
            process r at 3 { call s1.m(3, 1) else { mark c; } call s0.m(1); }
            process k at 0 { wait 3 ms; kill p; run 1 ms; kill s1; }
            fault f: lose s0.m; fault g: crash s0; fault h: crash s1; fault i: refuse s1.m;
            property a: every s1.m is answered within 9 ms; property b: every s0.m is answered within 9 ms; property d: max gap(q.b);
            """),
        ("calls that are refused, and nothing else to do", """
            endpoint e = s1;
            server s1 at 4 inbox 1 refuse { on m { run 2 ms; reply; } on n { run 1 ms; } }
            server s2 at 4 inbox 1 { on m { run 2 ms; reply; } on n { run 1 ms; } }
            process p at 1 { call s1.m; call e.m; }
            process q at 2 { call e.m; }
            process r at 3 { call s1.m else { } send s1.n; call s2.m; }
            process t at 3 { send s2.n; send s2.n; call s2.m; }
            fault f: lose e.n; fault g: refuse e.m; fault h: refuse s2;
            """),
        ("what can be asked of a configuration", """
            mutex k; mutex m inheritance; endpoint e = s1.a; endpoint f = s1.b;
            shared g { var x: 0 .. 3; var y: 0 .. 3; }
            server s1 at 2 instances a, b { var w: 0 .. 3; on go { w = g.x; lock m { run 1 ms; } reply; } }
            process p at 1 { g.x = 1; call f.go else { } g.y = 2; lock k { run 1 ms; g.x = 3; } await g.y == 3; }
            process q at 3 { after any time; bind e to nobody; kill s1.b; lock m { g.y = 1; run 1 ms; } g.y = 3; }
            property a: reachable -g.x + 2 < g.y; property b: reachable g.x <= g.y && g.x != 2 && g.y != 0; property c: never count(e) == 1 && count(f) == 0;
            property d: never blocked(p) && !running(q); property h: reachable holder(m) == q && g.x > 0; property i: reachable holder(k) == p && holder(m) == q;
            property j: always alive(s1.b) || bound(f) == s1.b || g.y >= 1; property l: reachable bound(f).w * 2 - g.y >= 1; property n: always alive(s1.a) && waiting(s1.b) <= 1;
            property o: reachable bound(e).w == g.x; property r: never g.x * g.y < 0 || g.x - g.y > 3;
            """),
        ("values out of their types", """
            shared g { var x: 0 .. 1; }
            server s1 at 1 { on big { reply g.x + 1; } }
            process p at 2 { var v: 0 .. 1; choose { v = call s1.big; v = call s1.big; } or { g.x = 1; v = call s1.big; } or { g.x = g.x + 1; g.x = g.x + 1; } or { loop { v = 0; } } }
            """),
    ];

    /// <summary>The expressions of a statement itself.</summary>
    public static IEnumerable<BoundExpression> Expressions(BoundStatement statement) => Properties<BoundExpression>(statement);

    public static IEnumerable<BoundExpression> Expressions(Question question) => Properties<BoundExpression>(question);

    public static IEnumerable<BoundExpression> WithParts(BoundExpression expression) => Properties<BoundExpression>(expression).SelectMany(WithParts).Prepend(expression);

    private static IEnumerable<T> Properties<T>(object node)
        where T : class
    {
        foreach (var property in node.GetType().GetProperties())
        {
            var value = property.GetIndexParameters().Length == 0 ? property.GetValue(node) : null;
            if (value is T one) yield return one;
            if (value is ImmutableArray<T> many)
                foreach (var item in many) yield return item;
        }
    }
}
