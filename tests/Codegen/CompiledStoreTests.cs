using Irekae.Codegen.Emit;
using Irekae.Model;
using Irekae.Model.Semantics;

namespace Irekae.Tests.Codegen;

/// <summary>Simulators kept on disk, and what the compiler has against emitted code.</summary>
public sealed class CompiledStoreTests : IDisposable
{
    private readonly string folder = Path.Combine(Directory.CreateTempSubdirectory("irekae-store").FullName, "simulators");

    private static EmittedSimulator Emitted(string work = "1 us") =>
        Emitter.Emit(TransitionSystem.Compile(Spec.Bind($"system s; process p at 1 {{ run {work}; }}").System!, Observation.Nothing), "Kept");

    [Fact]
    public void What_was_compiled_is_found_again_and_other_code_is_not()
    {
        var store = new CompiledStore(folder);
        CompiledSimulators.Compile([Emitted()], store);
        string kept = Assert.Single(Directory.GetFiles(folder));
        var written = File.GetLastWriteTimeUtc(kept);
        byte[] image = store.Find(Path.GetFileNameWithoutExtension(kept))!;
        Assert.Equal("MZ"u8.ToArray(), image[..2]);

        CompiledSimulators.Compile([Emitted()], store);
        Assert.Equal((kept, written), (Assert.Single(Directory.GetFiles(folder)), File.GetLastWriteTimeUtc(kept)));
        CompiledSimulators.Compile([Emitted("2 us")], store);
        Assert.Equal(2, Directory.GetFiles(folder).Length);
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("cut short")]
    [InlineData("empty")]
    public void What_is_damaged_is_compiled_anew(string damage)
    {
        var store = new CompiledStore(folder);
        CompiledSimulators.Compile([Emitted()], store);
        string kept = Assert.Single(Directory.GetFiles(folder));
        byte[] whole = File.ReadAllBytes(kept);
        byte[] damaged = damage switch { "changed" => [.. whole[..^1], (byte)(whole[^1] ^ 1)], "cut short" => whole[..(whole.Length / 2)], _ => [] };
        File.WriteAllBytes(kept, damaged);
        Assert.Null(store.Find(Path.GetFileNameWithoutExtension(kept)));
        Assert.NotNull(CompiledSimulators.Compile([Emitted()], store));
        Assert.Equal(whole.Length, File.ReadAllBytes(kept).Length);
    }

    [Fact]
    public void What_others_may_write_to_is_not_read()
    {
        if (OperatingSystem.IsWindows()) return;
        var store = new CompiledStore(folder);
        CompiledSimulators.Compile([Emitted()], store);
        string kept = Assert.Single(Directory.GetFiles(folder)), key = Path.GetFileNameWithoutExtension(kept);
        Assert.NotNull(store.Find(key));
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupWrite);
        Assert.Null(store.Find(key));
    }

    [Fact]
    public void Where_nothing_can_be_kept_it_is_compiled_all_the_same()
    {
        string file = Path.GetTempFileName();
        Assert.NotNull(CompiledSimulators.Compile([Emitted()], new CompiledStore(Path.Combine(file, "below a file"))));
        File.Delete(file);
    }

    [Theory]
    [InlineData("private int unused;", "CS0169")]
    [InlineData("private void F() { int x = 1; }", "CS0219")]
    [InlineData("private int F() => nothing;", "CS0103")]
    public void A_warning_too_is_an_error_of_the_program(string line, string code)
    {
        var emitted = Emitted();
        string text = emitted.Text[..(emitted.Text.LastIndexOf('}'))] + line + "}";
        var fault = Assert.Throws<EmittedCodeException>(() => CompiledSimulators.Compile([emitted with { Text = text }]));
        Assert.Contains(code, fault.Message);
        Assert.Contains(line, fault.Code);
    }

    /// <summary>Found when warnings became errors: names that clashed, and what was left of mutexes that nobody locks.</summary>
    [Theory]
    [InlineData("server s at 1 { var a: 0 .. 9; var b: 0 .. 3; on m { reply 2; } } process p at 2 { var x: 0 .. 3; x = call s.m else { } x = call s.m else { } }")]
    [InlineData("mutex m inheritance; process p at 2 { priority 1; run 1 us; }")]
    [InlineData("process p at 1 { var unread: 0 .. 3; if (1 < 2) { unread = 2; } run 1 us; }")]
    public void These_compile(string text)
    {
        var system = Spec.Bind("system t; " + text).System;
        Assert.NotNull(system);
        foreach (var observed in new[] { Observation.Nothing, Irekae.Codegen.Running.Everything.Of(system) })
            Assert.NotNull(CompiledSimulators.Compile([Emitter.Emit(TransitionSystem.Compile(system, observed), "It")]));
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
}
