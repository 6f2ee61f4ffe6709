namespace AiCloud.Contacts;

/// <summary>Networks and clients from which a person signed in: the newest, sealed under the account key (C2.4c). Pure.</summary>
public sealed record KnownPlaces
{
    private const int Most = 20;

    /// <summary>The newest last.</summary>
    public KnownPlace[] All { get; init; } = [];

    /// <summary>Whether a sign-in comes from a network or client that was not seen before. The first of an account of an earlier release tells nothing.</summary>
    public bool IsNew(long network, string client) =>
        All.Length > 0 && (All.All(place => place.Client != client) || (network != 0 && All.All(place => place.Network != network)));

    /// <summary>Remembers one.</summary>
    public KnownPlaces With(long network, string client)
    {
        var place = new KnownPlace(network, client);
        return All.LastOrDefault() == place ? this : new() { All = [.. All.Where(other => other != place).TakeLast(Most - 1), place] };
    }
}

/// <summary>A network prefix, as keyed digest, with a client's name.</summary>
public sealed record KnownPlace(long Network, string Client);
