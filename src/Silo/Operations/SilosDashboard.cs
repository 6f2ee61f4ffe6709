using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using AiCloud.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Dashboard;

namespace AiCloud.Operations;

/// <summary>
/// Orleans' own dashboard on a silo's port for operations, behind a token: which kinds of actors are in memory where, how often and how slowly
/// each of their methods is called, reminders. Neither its view into the state of an actor nor its stream of log lines is there, whatever the token.
/// </summary>
internal sealed class SilosDashboard
{
    public static readonly PathString Path = "/orleans";

    private static readonly string[] Closed = ["/GrainState", "/Trace"];

    private readonly IServiceProvider _silo;
    private readonly byte[] _token;
    private readonly RequestDelegate _pages;

    private SilosDashboard(IServiceProvider silo, string token)
    {
        _silo = silo;
        _token = Digest(token);
        var app = new ApplicationBuilder(silo);
        app.UseRouting();
        app.UseEndpoints(endpoints => Close(endpoints.MapOrleansDashboard(Path)));
        _pages = app.Build();
    }

    /// <summary>The dashboard of a silo; null when no token opens one.</summary>
    public static SilosDashboard? Of(IServiceProvider silo) => silo.GetRequiredService<Start>().Operations.DashboardToken is { } token ? new(silo, token) : null;

    public async Task Answer(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        if (!IsOpenTo(context.Request))
        {
            headers.WWWAuthenticate = "Basic realm=\"silo\", charset=\"UTF-8\"";
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        await using var scope = _silo.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        await _pages(context);
    }

    // After the routing, so that no other way to write an address leads around it.
    private static void Close(RouteGroupBuilder dashboard) => ((IEndpointConventionBuilder)dashboard).Finally(endpoint =>
    {
        if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } route } && Closed.Any(closed => route.EndsWith(closed, StringComparison.OrdinalIgnoreCase)))
            endpoint.RequestDelegate = NotFound;
    });

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private bool IsOpenTo(HttpRequest request) => request.Headers.Authorization.ToString().Split(' ', 2) switch
    {
        [var scheme, var token] when scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) => Matches(token),
        [var scheme, var pair] when scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) => Password(pair) is { } password && Matches(password),
        _ => false,
    };

    private bool Matches(string given) => CryptographicOperations.FixedTimeEquals(Digest(given), _token);

    private static string? Password(string pair)
    {
        var bytes = new byte[pair.Length];
        if (!Convert.TryFromBase64String(pair, bytes, out var length)) return null;
        return Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [_, var password] ? password : null;
    }

    private static byte[] Digest(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

/// <summary>What a silo needs for it. Every silo of the cluster: each counts its own calls.</summary>
internal static class SilosDashboardFeature
{
    public static void AddSilosDashboard(this ISiloBuilder silo)
    {
        silo.AddDashboard(options => options.HideTrace = true);
        silo.Services.AddRouting();
        // Routing wants what only web hosts have.
        silo.Services.TryAddSingleton(new DiagnosticListener("AiCloud.Operations"));
    }
}
