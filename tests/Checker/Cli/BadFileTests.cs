using Irekae.Checker.Cli;

namespace Irekae.Tests.Checker.Cli;

/// <summary>What is not a readable specification is bad input, whatever it is, and never a crash.</summary>
public class BadFileTests
{
    [Theory]
    [InlineData("verify")]
    [InlineData("check")]
    [InlineData("run")]
    public void A_file_that_is_not_there(string command) => IsBad(command, "no/such/file.irk", "IRK5001");

    [Theory]
    [InlineData("verify")]
    [InlineData("check")]
    [InlineData("run")]
    public void A_folder(string command) => IsBad(command, Repository.Folder("specs"), "IRK5002");

    [Fact]
    public void Bytes_that_are_no_text()
    {
        string path = Path.GetTempFileName();
        File.WriteAllBytes(path, [0xff, 0xfe, 0, 1, 2, 3]);
        IsBad("verify", path, "IRK1");
        File.Delete(path);
    }

    [Fact]
    public void One_bad_file_does_not_keep_others_from_being_checked()
    {
        var printed = Console.InProcess("check", "no/such/file.irk", Repository.Folder("specs", "first", "first.irk"));
        Assert.Equal(ExitCode.BadInput, printed.Code);
        Assert.Contains("first.irk: no mistakes", printed.Out);
    }

    [Fact]
    public void Json_of_a_bad_file_is_still_one_object()
    {
        var printed = Console.InProcess("verify", "--json", "no/such/file.irk");
        Assert.Equal(ExitCode.BadInput, printed.Code);
        Assert.Contains("\"IRK5001\"", printed.Out);
        JsonReportTests.Conforms(printed.Out);
    }

    private static void IsBad(string command, string path, string code)
    {
        var printed = Console.InProcess(command, path);
        Assert.Equal(ExitCode.BadInput, printed.Code);
        Assert.Contains(code, printed.Error);
    }
}
