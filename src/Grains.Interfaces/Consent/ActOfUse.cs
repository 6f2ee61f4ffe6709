namespace AiCloud.Consent;

/// <summary>
/// An act by which the user of record uses the account: the first one after a version came into force accepts it (C2.5c). Signing in, reading,
/// securing the account, consenting, exporting, cancelling and ending sessions are none.
/// </summary>
[GenerateSerializer, Immutable, Alias("aicloud.act-of-use")]
public sealed record ActOfUse
{
    /// <summary>Kind of act, one of <see cref="ActsOfUse"/>; also the name of the function that a purpose of processing may be needed for.</summary>
    [Id(0)] public required string Kind { get; init; }
    /// <summary>Language in which the person was spoken to: <c>zh-CN</c> or <c>en</c>.</summary>
    [Id(1)] public required string Language { get; init; }
    /// <summary>Channel: <c>web</c>, <c>api</c> or <c>service</c>.</summary>
    [Id(2)] public required string Channel { get; init; }
    /// <summary>Keyed digest of the network prefix; 0 when unknown.</summary>
    [Id(3)] public required long Network { get; init; }
}

/// <summary>The kinds of act of use. They stand in acceptances and receipts: never renamed.</summary>
public static class ActsOfUse
{
    /// <summary>Changing the account's own facts.</summary>
    public const string AccountChange = "account_change";
    /// <summary>"Go on", said to a change that was shown. Never limited.</summary>
    public const string GoOn = "go_on";
    /// <summary>Using another AI Cloud service, which reports it.</summary>
    public const string ServiceUse = "service_use";
}

/// <summary>What another AI Cloud service reports or asks about a function of its own.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.use-report")]
public sealed record UseReport
{
    /// <summary>Type of the service: 1 to 64 of a-z, 0-9, hyphen, underscore and dot.</summary>
    [Id(0)] public required string ServiceType { get; init; }
    /// <summary>The function, as purposes of processing name it; the same characters.</summary>
    [Id(1)] public required string Operation { get; init; }
    /// <summary>True when the user of record acts now; false for a question only, which is no use.</summary>
    [Id(2)] public bool Used { get; init; }
    /// <summary>What the catalogue says the service and its function need (C2.1e).</summary>
    [Id(3)] public Services.ServiceNeed[] Needs { get; init; } = [];
}

/// <summary>What the service has to know.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.use-answer")]
public sealed record UseAnswer
{
    /// <summary>How the account stands.</summary>
    [Id(0)] public required Accounts.AccountStanding Standing { get; init; }
    /// <summary>False when a need is not met or the function is taken away; nothing was recorded then.</summary>
    [Id(1)] public required bool Allowed { get; init; }
    /// <summary>Changes that the person should be shown.</summary>
    [Id(2)] public required DueNotice[] NoticeDue { get; init; }
    /// <summary>Consents to ask for.</summary>
    [Id(3)] public required DueConsent[] ConsentDue { get; init; }
    /// <summary>Words of the needs that are not met.</summary>
    [Id(4)] public string[] Missing { get; init; } = [];
}
