using AiCloud.Documents.Notices;
using AiCloud.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Documents;

/// <summary>The proof that an announcement could be seen (C2.5b, C2.5c): a gateway looks at its own public pages, at once and then every hour.</summary>
[Trait("Takes", "long")]
public sealed class NoticeProbeTests
{
    private const string Kind = "cancellation-rules";

    [Fact]
    public async Task Both_pages_are_found_to_show_an_announcement_at_once_and_again_every_hour__C2_5b()
    {
        await using var gateway = await LiveGateway.Start();
        var version = await gateway.Services.Announce(Kind, "2.0");
        foreach (var hours in new[] { 1, 2, 3 })
        {
            var pages = await Proof(gateway, page => page.Hours >= hours);
            Assert.All(pages, page => Assert.Equal(0, page.Missing));
            Assert.All(pages, page => Assert.InRange(page.First!.Value, version.AnnouncedAt, version.AnnouncedAt.AddMinutes(1)));
            gateway.Clock.Advance(TimeSpan.FromHours(1));
        }
    }

    [Theory, InlineData("/help", NoticePages.Help), InlineData("/register", NoticePages.Register)]
    public async Task A_page_that_lost_the_notice_is_told_of_as_missing_counted_and_logged__C2_5b(string path, string name)
    {
        await using var gateway = await LiveGateway.Start(null, services => services.AddTransient<IStartupFilter>(_ => new WithoutNotice(path)));
        await gateway.Services.Announce(Kind, "2.0");
        var pages = await Proof(gateway, page => page.Page == name ? page.Missing >= 1 : page.Hours >= 1);
        Assert.Equal(0, pages.Single(page => page.Page == name).Hours);
        Assert.Contains(gateway.Log.Lines, line => line.Contains($"the page {name} does not show it", StringComparison.Ordinal));
        var metrics = (await gateway.Get("/metrics")).Is(200).Text.Split('\n').Where(line => line.StartsWith("aicloud_notice_probes", StringComparison.Ordinal)).ToArray();
        Assert.True(metrics.Any(line => line.Contains($"page=\"{name}\"", StringComparison.Ordinal) && line.Contains("found=\"False\"", StringComparison.OrdinalIgnoreCase)), string.Join('\n', metrics));
    }

    [Fact]
    public async Task A_page_that_names_the_digest_but_leads_to_no_text_is_missing()
    {
        await using var gateway = await LiveGateway.Start(null, services => services.AddTransient<IStartupFilter>(_ => new WithoutNotice($"/documents/{Kind}/2.0")));
        await gateway.Services.Announce(Kind, "2.0");
        Assert.All(await Proof(gateway, page => page.Missing >= 1), page => Assert.Equal(0, page.Hours));
    }

    [Theory]
    [InlineData("2026-03-01T10:00:00Z", 0, "2026-03-01T11:00:00Z")]
    [InlineData("2026-03-01T09:59:59Z", 0, "2026-03-01T10:00:00Z")]
    [InlineData("2026-03-01T10:30:00Z", 1799, "2026-03-01T11:29:59Z")]
    [InlineData("2026-03-01T10:30:00Z", 1801, "2026-03-01T10:30:01Z")]
    [InlineData("2026-03-01T23:59:59Z", 3599, "2026-03-02T00:59:59Z")]
    public void The_next_probe_is_at_the_gateways_own_minute_of_an_hour(string now, int minute, string next) =>
        Assert.Equal(At(next), NoticeProbe.Next(At(now), TimeSpan.FromSeconds(minute)));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<PageNotice[]> Proof(LiveGateway gateway, Func<PageNotice, bool> enough)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var versions = await gateway.Services.GetRequiredService<IGrainFactory>().GetGrain<IDocumentGrain>(Kind).Versions();
            if (versions.Single(version => version.Version == "2.0").Notice is { Pages: { Length: 2 } pages } && pages.All(enough)) return pages;
            await Task.Delay(50, patience.Token);
        }
    }

    // A page that somebody broke: it answers, and says nothing of the amendment.
    private sealed class WithoutNotice(string path) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (context, go) =>
            {
                if (context.Request.Path == path) await context.Response.WriteAsync("<!doctype html><title>Nothing announced</title>");
                else await go();
            });
            next(app);
        };
    }
}
