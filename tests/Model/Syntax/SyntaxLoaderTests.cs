using Irekae.Model.Diagnostics;
using Irekae.Model.Syntax;

namespace Irekae.Tests.Model.Syntax;

public class SyntaxLoaderTests
{
    private const string Main = "system s;\n";

    [Fact]
    public void A_file_imported_twice_is_read_once()
    {
        var set = Load("specs/a/a.irk", Main + "import \"b.irk\"; import \"c.irk\";", ("specs/a/b.irk", "import \"c.irk\";"), ("specs/a/c.irk", "const n = 1;"));
        Assert.Empty(set.Diagnostics);
        Assert.Equal(["specs/a/a.irk", "specs/a/b.irk", "specs/a/c.irk"], set.Files.Select(file => file.Source.Path));
    }

    [Fact]
    public void An_import_is_looked_for_beside_the_file_and_then_under_specs()
    {
        var set = Load(
            "specs/a/a.irk",
            Main + "import \"x.irk\"; import \"common/x.irk\";",
            ("specs/a/x.irk", ""),
            ("specs/x.irk", ""),
            ("specs/common/x.irk", "import \"y.irk\";"),
            ("specs/common/y.irk", ""));
        Assert.Empty(set.Diagnostics);
        Assert.Equal(["specs/a/a.irk", "specs/a/x.irk", "specs/common/x.irk", "specs/common/y.irk"], set.Files.Select(file => file.Source.Path));
    }

    [Theory]
    [InlineData("../b.irk", "IRK5004")]
    [InlineData("../../../etc/passwd", "IRK5004")]
    [InlineData("/etc/passwd", "IRK5004")]
    [InlineData("C:/x.irk", "IRK5004")]
    [InlineData("c\\x.irk", "IRK5001")]
    [InlineData("", "IRK5001")]
    [InlineData(".", "IRK5004")]
    [InlineData("x.irk/y.irk", "IRK5001")]
    public void Imports_stay_inside_the_root(string path, string code)
    {
        var set = Load("a/a.irk", $"{Main}import \"{path}\";", ("b.irk", ""), ("a/x.irk", ""));
        var diagnostic = Assert.Single(set.Diagnostics);
        Assert.Equal(code, diagnostic.Code.Id);
        Assert.Equal($"\"{path}\"", diagnostic.Span.Text);
        Assert.False(set.IsComplete);
    }

    [Fact]
    public void A_file_that_does_not_exist_gets_a_suggestion()
    {
        var set = Load("specs/a/a.irk", Main + "import \"common/app.irk\";", ("specs/common/ap.irk", ""));
        var diagnostic = Assert.Single(set.Diagnostics);
        Assert.Equal("looked for specs/a/common/app.irk and specs/common/app.irk; did you mean common/ap.irk?", diagnostic.Help);
    }

    [Fact]
    public void Cycles_are_reported_where_they_close()
    {
        var set = Load("a.irk", Main + "import \"b.irk\";", ("b.irk", "import \"a.irk\";"));
        var diagnostic = Assert.Single(set.Diagnostics);
        Assert.Equal((Codes.ImportCycle, "b.irk"), (diagnostic.Code, diagnostic.Span.Source.Path));
        Assert.Contains("a.irk -> b.irk -> a.irk", diagnostic.Help);
    }

    [Fact]
    public void The_system_line_is_in_the_main_file_only()
    {
        Assert.Equal("IRK5007", Assert.Single(Load("a.irk", "const n = 1;").Diagnostics).Code.Id);
        Assert.Equal("IRK5007", Assert.Single(Load("a.irk", "").Diagnostics).Code.Id);
        Assert.Equal("IRK5008", Assert.Single(Load("a.irk", Main + "import \"b.irk\";", ("b.irk", "system t;")).Diagnostics).Code.Id);
    }

    [Fact]
    public void The_number_of_files_is_limited()
    {
        var files = Enumerable.Range(0, Limits.Files + 10).Select(i => ($"f{i}.irk", $"import \"f{i + 1}.irk\";")).ToArray();
        var set = Load("a.irk", Main + "import \"f0.irk\";", files);
        Assert.Equal("IRK5006", Assert.Single(set.Diagnostics).Code.Id);
        Assert.Equal(Limits.Files, set.Files.Length);
    }

    [Fact]
    public void The_size_of_all_files_is_limited()
    {
        string big = new(' ', Limits.FileSize);
        var files = Enumerable.Range(0, 5).Select(i => ($"f{i}.irk", big)).ToArray();
        var set = Load("a.irk", Main + string.Concat(files.Select(file => $"import \"{file.Item1}\";")), files);
        Assert.All(set.Diagnostics, diagnostic => Assert.Equal("IRK5006", diagnostic.Code.Id));
        Assert.NotEmpty(set.Diagnostics);
    }

    [Fact]
    public void A_file_over_the_limit_is_not_read()
    {
        var set = Load("a.irk", Main + new string(' ', 2 * Limits.FileSize));
        Assert.Equal("IRK5003", Assert.Single(set.Diagnostics).Code.Id);
        Assert.Empty(set.Files);
    }

    [Fact]
    public void A_folder_cannot_be_read() => OnDisk(folder =>
    {
        Directory.CreateDirectory(Path.Combine(folder, "b.irk"));
        File.WriteAllText(Path.Combine(folder, "a.irk"), Main + "import \"b.irk\";");
        Assert.Equal("IRK5002", Assert.Single(SyntaxLoader.Load(Path.Combine(folder, "a.irk")).Diagnostics).Code.Id);
        Assert.Equal("IRK5002", Assert.Single(SyntaxLoader.Load(folder).Diagnostics).Code.Id);
        Assert.Equal("IRK5001", Assert.Single(SyntaxLoader.Load(Path.Combine(folder, "c.irk")).Diagnostics).Code.Id);
        Assert.Equal("IRK5002", Assert.Single(SyntaxLoader.Load("\0").Diagnostics).Code.Id);
        Assert.Equal("IRK5002", Assert.Single(SyntaxLoader.Load("").Diagnostics).Code.Id);
    });

    [Fact]
    public void Links_do_not_leave_the_root() => OnDisk(folder =>
    {
        string inside = Path.Combine(folder, "inside");
        Directory.CreateDirectory(inside);
        File.WriteAllText(Path.Combine(folder, "secret.irk"), "const n = 1;");
        File.CreateSymbolicLink(Path.Combine(inside, "b.irk"), "../secret.irk");
        Directory.CreateSymbolicLink(Path.Combine(inside, "up"), folder);
        File.CreateSymbolicLink(Path.Combine(inside, "round.irk"), "round.irk");
        File.WriteAllText(Path.Combine(inside, "c.irk"), "const n = 1;");
        File.CreateSymbolicLink(Path.Combine(inside, "d.irk"), "c.irk");
        File.WriteAllText(Path.Combine(inside, "a.irk"), Main + "import \"b.irk\"; import \"up/secret.irk\"; import \"round.irk\"; import \"c.irk\"; import \"d.irk\";");
        var set = SyntaxLoader.Load(Path.Combine(inside, "a.irk"));
        Assert.Equal(["IRK5004", "IRK5004", "IRK5002"], set.Diagnostics.Select(diagnostic => diagnostic.Code.Id));
        Assert.Equal(2, set.Files.Length);
    });

    [Fact]
    public void Bytes_that_are_no_text_are_reported_where_they_are() => OnDisk(folder =>
    {
        string path = Path.Combine(folder, "a.irk");
        File.WriteAllBytes(path, [.. "system é;\n// "u8, 0xC3, 0x28, 0xFF]);
        var diagnostic = Assert.Single(SyntaxLoader.Load(path).Diagnostics);
        Assert.Equal((Codes.InvalidEncoding, (2, 4)), (diagnostic.Code, diagnostic.Span.Source.Position(diagnostic.Span.Start)));
        File.WriteAllBytes(path, [0xEF, 0xBB, 0xBF, .. "system s;"u8]);
        Assert.Empty(SyntaxLoader.Load(path).Diagnostics);
    });

    private static SyntaxSet Load(string path, string text, params (string Path, string Text)[] others) =>
        SyntaxLoader.LoadText(path, text, others.ToDictionary(other => other.Path, other => other.Text));

    private static void OnDisk(Action<string> test)
    {
        string folder = Directory.CreateTempSubdirectory("irekae").FullName;
        try
        {
            test(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
