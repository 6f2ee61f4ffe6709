using System.ComponentModel.DataAnnotations;

namespace AiCloud.Services;

/// <summary>Proposes a service that may ask about accounts.</summary>
public sealed record NewServiceClientRequest
{
    /// <summary>Name shown to staff.</summary>
    [MinLength(1), MaxLength(100)] public required string Name { get; init; }

    /// <summary>Types of service that it may ask about, as the catalogue names them.</summary>
    [MinLength(1), MaxLength(16)] public required string[] Types { get; init; }
}

/// <summary>Orders a token.</summary>
public sealed record NewServiceTokenRequest
{
    /// <summary>How long it works, in days. Rotate well before its end: issue another, deploy it, end this one.</summary>
    [Range(1, 400)] public required int Days { get; init; }
}

/// <summary>A service that may ask about accounts.</summary>
public sealed record ServiceClientBody
{
    /// <summary>Opaque id.</summary>
    public required string Id { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Types of service that it may ask about.</summary>
    public required string[] Types { get; init; }

    /// <summary>How it stands.</summary>
    [AllowedValues("proposed", "active", "ended")] public required string State { get; init; }

    /// <summary>Id of the member who proposed it.</summary>
    public required string ProposedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset ProposedAt { get; init; }

    /// <summary>Id of the member who approved it.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>Id of the member who ended it.</summary>
    public string? EndedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Tokens that work, and the last that did.</summary>
    public required ServiceTokenBody[] Tokens { get; init; }

    internal static ServiceClientBody Of(ServiceClient client, DateTimeOffset now) => new()
    {
        Id = client.Id,
        Name = client.Name,
        Types = client.Types,
        State = client.State switch { ServiceClientState.Proposed => "proposed", ServiceClientState.Active => "active", ServiceClientState.Ended => "ended" },
        ProposedBy = client.ProposedBy.Staff,
        ProposedAt = client.ProposedAt,
        ApprovedBy = client.ApprovedBy,
        ApprovedAt = client.ApprovedAt,
        EndedBy = client.EndedBy,
        EndedAt = client.EndedAt,
        Tokens = [.. client.Tokens.Select(token => ServiceTokenBody.Of(token, now))],
    };
}

/// <summary>One token of a service, without the token itself.</summary>
public record ServiceTokenBody
{
    /// <summary>Its id within the service.</summary>
    public required string Id { get; init; }

    /// <summary>Whether it works.</summary>
    public required bool Works { get; init; }

    /// <summary>Id of the member who had it issued.</summary>
    public required string IssuedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>When it ends by itself.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Id of the member who ended it before that.</summary>
    public string? EndedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    internal static ServiceTokenBody Of(ServiceToken token, DateTimeOffset now) => new()
    {
        Id = token.Id, Works = token.Works(now), IssuedBy = token.IssuedBy, IssuedAt = token.IssuedAt, ExpiresAt = token.ExpiresAt, EndedBy = token.EndedBy, EndedAt = token.EndedAt,
    };
}

/// <summary>A token just issued.</summary>
public sealed record IssuedServiceTokenBody : ServiceTokenBody
{
    /// <summary>The token, for <c>Authorization: Bearer</c>; told only here.</summary>
    [MaxLength(512)] public required string Token { get; init; }

    internal static IssuedServiceTokenBody Of(IssuedServiceToken issued, DateTimeOffset now) => new()
    {
        Token = issued.Text, Id = issued.Token.Id, Works = issued.Token.Works(now), IssuedBy = issued.Token.IssuedBy, IssuedAt = issued.Token.IssuedAt,
        ExpiresAt = issued.Token.ExpiresAt, EndedBy = issued.Token.EndedBy, EndedAt = issued.Token.EndedAt,
    };

    /// <inheritdoc/>
    public override string ToString() => nameof(IssuedServiceTokenBody);
}
