using System.Data.Common;
using System.Text.Json;
using AiCloud.Admission;
using AiCloud.Probe;
using AiCloud.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace AiCloud.Problems;

public sealed class ProblemMiddlewareTests : IDisposable
{
    private readonly RecordedLog log = new();

    public static TheoryData<Exception, string> Failures => new()
    {
        { new TimeoutException("secret"), "unavailable" },
        { new SiloUnavailableException("secret"), "unavailable" },
        { new DatabaseDown(), "unavailable" },
        { new StorageFailedException("57P01"), "unavailable" },
        { new OperationCanceledException("secret"), "unavailable" },
        { new TypeLoadException("secret"), "unavailable" },
        { new BadHttpRequestException("secret", 408), "request_timeout" },
        { new BadHttpRequestException("secret", 413), "payload_too_large" },
        { new BadHttpRequestException("secret", 400), "bad_request" },
        { new IOException("secret"), "internal" },
        { new InvalidOperationException("secret"), "internal" },
    };

    [Theory, MemberData(nameof(Failures))]
    public async Task What_broke_decides_the_problem_and_its_text_stays_inside(Exception failure, string code)
    {
        var reply = JsonDocument.Parse(await Run(failure, hungUp: false)).RootElement;
        Assert.Equal(code, reply.GetProperty("code").GetString());
        Assert.DoesNotContain("secret", reply.ToString(), StringComparison.Ordinal);
        // Only what nobody foresaw needs its text, for whoever mends it.
        Assert.Equal(code == "internal", log.Lines.Any(line => line.StartsWith("Error", StringComparison.Ordinal)));
        Assert.Equal(code == "internal", log.Lines.Any(line => line.Contains("secret", StringComparison.Ordinal)));
        Assert.Equal(failure is DatabaseDown or StorageFailedException, log.Lines.Any(line => line.Contains("57P01", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Strangers_who_hang_up_do_not_fill_the_log()
    {
        Assert.Empty(await Run(new IOException("reset"), hungUp: true));
        Assert.Empty(await Run(new OperationCanceledException(), hungUp: true));
        Assert.Empty(log.Lines);
    }

    public void Dispose() => log.Dispose();

    private async Task<string> Run(Exception failure, bool hungUp)
    {
        await using var services = new ServiceCollection().AddLogging(logging => logging.AddProvider(log)).AddOptions().AddMetrics().AddSingleton(TimeProvider.System).AddSingleton<Outage>().BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services, RequestAborted = new CancellationToken(hungUp) };
        using var body = new MemoryStream();
        context.Response.Body = body;
        await new ProblemMiddleware(_ => throw failure, services.GetRequiredService<Outage>(), services.GetRequiredService<ILogger<ProblemMiddleware>>()).InvokeAsync(context);
        return System.Text.Encoding.UTF8.GetString(body.ToArray());
    }

    private sealed class DatabaseDown() : DbException("secret")
    {
        public override string? SqlState => "57P01";
    }
}
