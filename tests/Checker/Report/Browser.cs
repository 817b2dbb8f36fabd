using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Irekae.Tests.Checker.Report.Browser))]

namespace Irekae.Tests.Checker.Report;

/// <summary>The distribution's Chromium, headless, without a network. Started when first asked for; where there is none, tests that need it are skipped, visibly.</summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>Nothing here is about speed: a loaded machine may take its time.</summary>
    private const float Patience = 120_000;

    private readonly SemaphoreSlim one = new(1);
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <param name="errors">What the page complains of goes here.</param>
    public async Task<IPage> Open(string path, List<string> errors, ColorScheme scheme = ColorScheme.Light)
    {
        string? program = Programs.FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "no Chromium (apt-get install chromium)");
        await one.WaitAsync();
        try
        {
            Assertions.SetDefaultExpectTimeout(Patience);
            playwright ??= await Playwright.CreateAsync();
            browser ??= await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox", "--disable-gpu"] });
        }
        finally
        {
            one.Release();
        }

        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1200, Height = 900 }, ColorScheme = scheme, Offline = true });
        context.SetDefaultTimeout(Patience);
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") errors.Add(message.Text);
        };
        page.PageError += (_, error) => errors.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) errors.Add($"asks for {request.Url}");
        };
        await page.GotoAsync(new Uri(path).AbsoluteUri);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.CloseAsync();
        playwright?.Dispose();
        one.Dispose();
    }
}
