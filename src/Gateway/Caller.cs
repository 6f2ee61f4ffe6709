using AiCloud.Languages;
using AiCloud.Protection;

namespace AiCloud;

/// <summary>Who calls, as far as limits and evidence need it. The address itself goes no further.</summary>
internal sealed record Caller
{
    /// <summary>Keyed digest of the network prefix, for keys.</summary>
    public required string NetworkKey { get; init; }

    /// <summary>The same as a number, for states and evidence.</summary>
    public required long Network { get; init; }

    /// <summary>That of the prefix which one customer of a provider can have whole: IPv6 /48, IPv4 /24.</summary>
    public required long NetworkSite { get; init; }

    /// <summary><c>zh-CN</c> or <c>en</c>: the language of the reply.</summary>
    public required string Language { get; init; }

    /// <summary><c>api</c> or <c>web</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>Name of browser or app, for the session list.</summary>
    public required string Client { get; init; }

    /// <summary>Address of the site for links in messages; null when none is certain.</summary>
    public string? Site { get; init; }

    /// <summary>Where a try at a sign-in is counted.</summary>
    public Identifiers.SignInFrom SignIn((long Client, Guid Account)? known = null) =>
        new() { Network = Network, Site = NetworkSite, Client = known?.Client ?? 0, ClientOf = known?.Account ?? default };

    /// <summary>Reads the caller off a request.</summary>
    public static Caller Of(HttpContext context, string channel = "api")
    {
        var address = context.Connection.RemoteIpAddress ?? System.Net.IPAddress.None;
        var prefix = context.RequestServices.GetRequiredService<NetworkDigest>().Of(address);
        return new Caller
        {
            NetworkKey = prefix.Digest,
            Network = prefix.Tag,
            NetworkSite = prefix.Site,
            Language = LanguageChoice.Of(context).Tag(),
            Channel = channel,
            Site = Problems.PublicAddress.ForMessages(context),
            Client = Accounts.ClientName.Of(context.Request.Headers.UserAgent.ToString()),
        };
    }
}
