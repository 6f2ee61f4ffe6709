using AiCloud.Consent;

namespace AiCloud.Accounts;

/// <summary>A session to open. The token itself never leaves the gateway; the account keeps the secret's digest.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.new-session")]
public sealed record NewSession
{
    /// <summary>Id of the session within the account.</summary>
    [Id(0)] public required string Id { get; init; }
    /// <summary>SHA-256 of the token's secret.</summary>
    [Id(1)] public required byte[] SecretDigest { get; init; }
    /// <summary>What the person sees in the session list, such as a browser's name; at most 120 characters.</summary>
    [Id(2)] public required string Client { get; init; }
    /// <summary>How the person authenticated: <c>pwd</c>, <c>otp</c> (RFC 8176).</summary>
    [Id(3)] public required string[] Methods { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(NewSession);
}

/// <summary>Proof of a session: its id and the digest of the token's secret.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.session-proof")]
public sealed record SessionProof
{
    /// <summary>Id of the session.</summary>
    [Id(0)] public required string Session { get; init; }
    /// <summary>SHA-256 of the token's secret.</summary>
    [Id(1)] public required byte[] SecretDigest { get; init; }
    /// <summary>The act of use that the call is; null when it is none.</summary>
    [Id(2)] public ActOfUse? Act { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(SessionProof);
}

/// <summary>What a session may do.</summary>
public enum SessionScope
{
    /// <summary>Everything the account may.</summary>
    Full = 1,
    /// <summary>Only what <see cref="SessionView.Allowed"/> names, and always notice, appeal, export, documents and cancellation.</summary>
    Limited = 2,
}

/// <summary>A session as its owner may see it.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.session-view")]
public sealed record SessionView
{
    /// <summary>Its id.</summary>
    [Id(0)] public required string Id { get; init; }
    /// <summary>When the person last authenticated in it.</summary>
    [Id(1)] public required DateTimeOffset AuthenticatedAt { get; init; }
    /// <summary>When it ends at the latest.</summary>
    [Id(2)] public required DateTimeOffset ExpiresAt { get; init; }
    /// <summary>The day (UTC) of its last use.</summary>
    [Id(3)] public required DateOnly LastSeen { get; init; }
    /// <summary>What opened it, such as a browser's name.</summary>
    [Id(4)] public required string Client { get; init; }
    /// <summary>How the person authenticated.</summary>
    [Id(5)] public required string[] Methods { get; init; }
    /// <summary>What it may do.</summary>
    [Id(6)] public required SessionScope Scope { get; init; }
    /// <summary>For a limited session: the functions it may use.</summary>
    [Id(7)] public string[] Allowed { get; init; } = [];
    /// <summary>True for the session that asks.</summary>
    [Id(8)] public bool Current { get; init; }
    /// <summary>When it was opened.</summary>
    [Id(9)] public DateTimeOffset OpenedAt { get; init; }
}

/// <summary>A session was opened.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.session-opened")]
public sealed record SessionOpened
{
    /// <summary>The session.</summary>
    [Id(0)] public required SessionView Session { get; init; }
    /// <summary>The account.</summary>
    [Id(1)] public required AccountView Account { get; init; }
}

/// <summary>What a password is checked against.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.stored-credential")]
public sealed record StoredCredential
{
    /// <summary>PHC string; null when there is no open account or no password.</summary>
    [Id(0)] public string? PasswordHash { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(StoredCredential);
}

/// <summary>Opens a session.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.sign-in")]
public sealed record SignIn
{
    /// <summary>Operation id: a repeat opens no second session but gives the first a new secret.</summary>
    [Id(0)] public required string Operation { get; init; }
    /// <summary>The session to open.</summary>
    [Id(1)] public required NewSession Session { get; init; }
    /// <summary>The PHC string that the password matched: refused when the credential changed meanwhile.</summary>
    [Id(2)] public required string MatchedHash { get; init; }
    /// <summary>A hash of the same password by today's parameters; null when the stored one is up to date.</summary>
    [Id(3)] public string? Rehash { get; init; }
    /// <summary>Keyed digest of the network prefix; 0 when unknown.</summary>
    [Id(4)] public long Network { get; init; }
    /// <summary>Public address of the site, for the link in a notice; null when none is certain.</summary>
    [Id(5)] public string? Site { get; init; }
    /// <summary>Key of the contact that the person signed in with.</summary>
    [Id(6)] public string? IdentifierKey { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(SignIn);
}

/// <summary>Which sessions to end.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.session-selection")]
public sealed record SessionSelection
{
    /// <summary>This one; null for every other than the one that asks.</summary>
    [Id(0)] public string? Id { get; init; }
    /// <summary>With a null <see cref="Id"/>: the one that asks too.</summary>
    [Id(1)] public bool CurrentToo { get; init; }
}
