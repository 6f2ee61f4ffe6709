using System.Net;
using AiCloud.Identifiers;
using AiCloud.Pages;
using AiCloud.Problems;
using AiCloud.Protection;
using Microsoft.Extensions.Options;

namespace AiCloud.Delivery;

/// <summary>Development delivery only (API.md, Operations): shows messages to this machine.</summary>
internal static class DevelopmentOutboxEndpoints
{
    public static void MapDevelopmentOutbox(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/dev/outbox", Read).ExcludeFromDescription().AddEndpointFilter(async (context, next) =>
            IsOnThisMachine(context.HttpContext) ? await next(context) : Problem.Of(ProblemCode.NotFound));

    // The name as well: a page of another site, whose name was made to lead here, is shown by a browser on this very machine.
    private static bool IsOnThisMachine(HttpContext context) => PublicAddress.NamesThisMachine(context) &&
        context.Connection.RemoteIpAddress is { } peer && IPAddress.IsLoopback(peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer);

    private static async Task<IResult> Read(string? to, HttpContext context, IGrainFactory grains, IdentifierDigest digests, IOptions<RegionsOptions> regions)
    {
        var key = DevelopmentOutbox.Everybody;
        if (to is not null)
        {
            // In a query an unescaped "+" is a space, and people paste "to=+86138…".
            if (to.StartsWith(' ')) to = $"+{to.AsSpan(1)}";
            if (IdentifierParsing.Any(to, regions.Value).Value is not { } identifier) return TypedResults.Ok(Array.Empty<OutboxBody>());
            key = digests.Of(identifier);
        }
        DevelopmentMessage[] messages = [.. (await grains.GetGrain<IDevelopmentOutboxGrain>(key).Read()).OrderByDescending(message => message.SentAt)];
        if (PageView.IsWanted(context)) return new PageView("/Delivery/Pages/Outbox.cshtml", messages);
        return TypedResults.Ok(messages.Select(message => new OutboxBody(message.To, message.Channel, message.Purpose, message.Code, message.Text, message.SentAt)).ToArray());
    }
}

/// <summary>One message of the development outbox.</summary>
internal sealed record OutboxBody(string To, string Channel, string Purpose, string Code, string Text, DateTimeOffset SentAt)
{
    public override string ToString() => nameof(OutboxBody);
}
