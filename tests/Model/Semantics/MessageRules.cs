using Irekae.Model.Semantics;
using static Irekae.Tests.Model.Semantics.Trace;

namespace Irekae.Tests.Model.Semantics;

/// <summary>Calls, sends, notifications, endpoints, devices.</summary>
public class MessageRules
{
    private const string Header = "system s; machine { scheduler priority; } ";

    [Fact]
    public void A_call_blocks_until_the_reply() =>
        Assert.Equal("2 server.served, 3 client.done", Marks(Header + "server server at 1 { on ask { run 2 ms; mark served; reply; } } process client at 2 { call server.ask; run 1 ms; mark done; }"));

    [Fact]
    public void After_the_reply_the_server_goes_on_when_it_is_more_urgent() =>
        Assert.Equal("3 server.after, 3 client.done", Marks(Header + "server server at 1 { on ask { run 2 ms; reply; run 1 ms; mark after; } } process client at 2 { call server.ask; mark done; }"));

    [Fact]
    public void A_reply_carries_a_value() =>
        Assert.Equal("1 client.right", Marks(Header + "server server at 1 { on ask(n: 0 .. 9) { run 1 ms; reply n + 1; } } process client at 2 { var got: 0 .. 10; got = call server.ask(4); if (got == 5) { mark right; } }"));

    [Fact]
    public void Urgent_handlers_go_first_then_first_in_first_out() =>
        Assert.Equal("1 s1.one, 2 s1.now, 3 s1.two", Marks(Header + "server s1 at 5 { on one { run 1 ms; mark one; } on two { run 1 ms; mark two; } on now urgent { run 1 ms; mark now; } } process client at 1 { send s1.one; wait 500 us; send s1.two; send s1.now; }"));

    [Fact]
    public void Notifications_go_before_urgent_messages_and_merge() =>
        Assert.Equal("1 s1.first, 2 s1.bell, 3 s1.now", Marks(Header + "server s1 at 5 { on first { run 1 ms; mark first; } on bell { run 1 ms; mark bell; } on now urgent { run 1 ms; mark now; } } process client at 1 { send s1.first; wait 500 us; send s1.now; notify s1.bell; notify s1.bell; }"));

    [Fact]
    public void A_device_needs_no_core() =>
        Assert.Equal("2 disk.read, 3 ap.done", Marks(Header + "device disk { on get { wait 2 ms; mark read; reply; } } process ap at 1 { run 3 ms; mark done; } process reader at 0 { call disk.get; }"));

    [Fact]
    public void A_device_takes_its_queue_in_order() =>
        Assert.Equal("2 disk.read, 4 disk.read", Marks(Header + "device disk { on get { wait 2 ms; mark read; } } process ap at 1 { send disk.get; send disk.get; }"));

    [Theory]
    [InlineData("moving", "2 driver.served, 2 client.done")]
    [InlineData("dropping", "")]
    [InlineData("refusing", "1 client.refused")]
    public void What_waits_when_an_endpoint_is_bound_anew_is(string rule, string expected) =>
        // The client asks at 0.5 ms; the replacer, more urgent than the driver, moves the endpoint at 1 ms before the old driver has looked.
        Assert.Equal(expected, Marks(Header + $$"""
            endpoint e = driver.old;
            server driver at 5 instances old, new absent { on ask { run 1 ms; mark served; reply; } }
            process client at 0 { wait 500 us; call e.ask else { mark refused; exit; } mark done; }
            process replacer at 1 { run 1 ms; spawn driver.new; start driver.new; bind e to driver.new {{rule}} inbox; kill driver.old; }
            """));

    [Fact]
    public void A_call_to_nobody_takes_its_else() =>
        Assert.Equal("0 client.refused", Marks(Header + "endpoint e = nobody; server s1 at 2 { on ask { reply; } } process binder at 3 { run 1 ms; bind e to s1; } process client at 1 { call e.ask else { mark refused; } }"));

    [Fact]
    public void A_call_to_nobody_without_else_is_a_violation() =>
        Assert.Equal(ViolationKind.Unbound, Assert.Single(Violations(Header + "endpoint e = nobody; server s1 at 2 { on ask { reply; } } process binder at 3 { run 1 ms; bind e to s1; } process client at 1 { call e.ask; }")).Kind);

    [Theory]
    [InlineData("", 1)]
    [InlineData("refuse", 0)]
    [InlineData("drop", 0)]
    public void A_full_inbox_is_an_error_unless_the_spec_says_otherwise(string rule, int violations) =>
        Assert.Equal(violations, Violations(Header + $"server s1 at 5 inbox 1 {rule} {{ on ask {{ run 1 ms; }} }} process client at 1 {{ send s1.ask; send s1.ask; }}").Count(v => v.Kind == ViolationKind.Overflow));

    [Fact]
    public void An_explicit_receive_takes_only_what_it_names() =>
        Assert.Equal("0 p.second, 0 p.first", Marks(Header + "process p at 2 { receive { on second { mark second; } } receive { on first { mark first; } } } process q at 1 { send p.first; send p.second; }"));

    [Fact]
    public void Killing_a_server_refuses_its_callers() =>
        Assert.Equal("1 client.refused", Marks(Header + "server s1 at 2 { on ask { run 5 ms; reply; } } process client at 1 { call s1.ask else { mark refused; } } process killer at 0 { wait 1 ms; kill s1; }"));

    [Theory]
    [InlineData("", "process killer at 0 { wait 1 ms; kill s1; }")]
    [InlineData("inbox 1 refuse", "process other at 0 { send s1.ask; send s1.ask; }")]
    public void A_refused_call_without_else_is_a_violation(string inbox, string other) =>
        Assert.Contains(Violations(Header + $"server s1 at 2 {inbox} {{ on ask {{ run 5 ms; reply; }} }} process client at 1 {{ call s1.ask; }} {other}"), v => v.Kind == ViolationKind.Unbound);

    [Fact]
    public void A_crash_can_come_at_any_instant()
    {
        string text = Header + "server s1 at 2 { on ask { run 5 ms; reply; } } process client at 1 { call s1.ask else { mark refused; exit; } mark done; } fault f: crash s1 at most 1;";
        var faults = Bind(text).Faults;
        var system = Compile(text, Observation.Nothing with { Faults = faults });
        var fault = Assert.Single(system.Initial()[0].Started, s => system.Timers[s.Timer].Kind == TimerKind.Fault);
        Assert.Null(fault.Interval.High);
        Assert.Contains("0 client.refused", AllMarks(text, Observation.Nothing with { Faults = faults }));
    }

    [Theory]
    [InlineData("lose", "", "1 client.done")]
    [InlineData("refuse", "0 client.refused", "1 client.done")]
    public void Messages_can_be(string fault, string first, string second)
    {
        string text = Header + $"server s1 at 2 {{ on ask {{ run 1 ms; reply; }} }} process client at 1 {{ call s1.ask else {{ mark refused; exit; }} mark done; }} fault f: {fault} s1.ask at most 1;";
        Assert.Equal([first, second], AllMarks(text, Observation.Nothing with { Faults = Bind(text).Faults }));
    }
}
