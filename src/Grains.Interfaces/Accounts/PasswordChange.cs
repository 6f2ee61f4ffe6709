using AiCloud.Identifiers;

namespace AiCloud.Accounts;

/// <summary>One request to change the password.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.password-change-call")]
public sealed record PasswordChangeCall
{
    /// <summary>Operation id, derived from the Idempotency-Key: the account keeps the newest one that changed the password.</summary>
    [Id(0)] public required string Operation { get; init; }
    /// <summary>One HTTP request: tells a repeat inside the gateway from a second request with the same key.</summary>
    [Id(1)] public required string Attempt { get; init; }
    /// <summary>Also ends every other session: with the passwords, what makes the request's body.</summary>
    [Id(2)] public required bool EndOtherSessions { get; init; }
}

/// <summary>A password change under way.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.password-change-begun")]
public sealed record PasswordChangeBegun
{
    /// <summary>PHC string of the current password; null when the account has none.</summary>
    [Id(0)] public string? CurrentHash { get; init; }
    /// <summary>Contacts: the new password must not contain them (C2.2c).</summary>
    [Id(1)] public required Identifier[] Contacts { get; init; }
    /// <summary>Name to show: the new password must not contain it either.</summary>
    [Id(2)] public string? DisplayName { get; init; }
    /// <summary>
    /// True when this operation already changed the password: <see cref="CurrentHash"/> is then what the <em>new</em> one is checked against,
    /// since no trace of either password is kept but this hash.
    /// </summary>
    [Id(3)] public bool AlreadyDone { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(PasswordChangeBegun);
}

/// <summary>Keeps a new password.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.change-password")]
public sealed record ChangePassword
{
    /// <summary>The PHC string that the current password matched.</summary>
    [Id(0)] public required string? MatchedHash { get; init; }
    /// <summary>PHC string of the new password.</summary>
    [Id(1)] public required string NewHash { get; init; }
    /// <summary>End every other session (P-05).</summary>
    [Id(2)] public required bool EndOtherSessions { get; init; }
    /// <summary>The operation that was prepared: kept with the change, so that a repeat finds it done.</summary>
    [Id(3)] public required string Operation { get; init; }
    /// <summary>The request that prepared it.</summary>
    [Id(4)] public required string Attempt { get; init; }
    /// <summary>Public address of the site, for the link in the notice; null when none is certain.</summary>
    [Id(5)] public string? Site { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ChangePassword);
}
