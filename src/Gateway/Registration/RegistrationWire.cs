using System.ComponentModel.DataAnnotations;
using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Languages;
using AiCloud.Requests;
using AiCloud.Services;

namespace AiCloud.Registration;

/// <summary>Starts a registration (C2.2a, C2.2b). Exactly one of phone and email, as method says.</summary>
public sealed record StartRequest
{
    /// <summary>How the person is reached.</summary>
    [AllowedValues("phone", "email")] public required string Method { get; init; }

    /// <summary>Mobile number, in any usual way to write it; without a country code it is taken for the default region's.</summary>
    [MaxLength(48), Text(TextRule.Pasted)] public string? Phone { get; init; }

    /// <summary>E-mail address.</summary>
    [MaxLength(320)] public string? Email { get; init; }

    /// <summary>Consent to the privacy agreement in force, given before the contact (C0.2).</summary>
    public ConsentBody? PrivacyConsent { get; init; }

    /// <summary>Language of messages; the reply's language when absent.</summary>
    [AllowedValues("zh-CN", "en")] public string? Locale { get; init; }

    /// <summary>Code of a campaign.</summary>
    [MaxLength(64)] public string? Campaign { get; init; }

    /// <summary>The type of service that the person came for, as <c>GET /v1/services</c> lists it; the attempt keeps it. Nothing more is asked for now.</summary>
    [MinLength(1), MaxLength(64)] public string? Service { get; init; }

    /// <summary>Waiting-room ticket.</summary>
    [MaxLength(512)] public string? Ticket { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(StartRequest);
}

/// <summary>Consent to one exact text.</summary>
public sealed record ConsentBody
{
    /// <summary>Version label.</summary>
    [MaxLength(32)] public required string Version { get; init; }

    /// <summary>SHA-256 of the text, lower-case hex.</summary>
    [RegularExpression("^[0-9a-f]{64}$")] public required string Sha256 { get; init; }
}

/// <summary>Answers the code that was sent.</summary>
public sealed record VerificationRequest
{
    /// <summary>The digits as received; full-width digits and spaces are taken too.</summary>
    [MaxLength(32), MinLength(1)] public required string Code { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(VerificationRequest);
}

/// <summary>Completes a registration.</summary>
public sealed record CompletionRequest
{
    /// <summary>The password: 8 to 256 code points, never cut short (C2.2c).</summary>
    [MaxLength(4096), Text(TextRule.Verbatim)] public required string Password { get; init; }

    /// <summary>Birth date, <c>YYYY-MM-DD</c>; stated once per registration (C2.1a).</summary>
    [MaxLength(10)] public required string BirthDate { get; init; }

    /// <summary>What the person declares (C2.1c-e).</summary>
    public required DeclarationsBody Declarations { get; init; }

    /// <summary>The exact versions accepted (C0.1).</summary>
    [MaxLength(16)] public required AcceptanceBody[] Acceptances { get; init; }

    /// <summary>Name to show; optional.</summary>
    [MaxLength(64)] public string? DisplayName { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(CompletionRequest);
}

/// <summary>Declarations.</summary>
public sealed record DeclarationsBody
{
    /// <summary>"My information is true, accurate and complete."</summary>
    public required bool Information { get; init; }

    /// <summary>"I was never permanently banned, and violate none of the platform's agreements."</summary>
    public required bool Eligibility { get; init; }

    /// <summary>"I have full capacity for civil conduct." May be absent for 16 and 17.</summary>
    public bool? Capacity { get; init; }
}

/// <summary>Acceptance of one exact text.</summary>
public sealed record AcceptanceBody
{
    /// <summary>Kind of document.</summary>
    [MaxLength(64)] public required string Kind { get; init; }

    /// <summary>Version label.</summary>
    [MaxLength(32)] public required string Version { get; init; }

    /// <summary>SHA-256 of the text, lower-case hex.</summary>
    [RegularExpression("^[0-9a-f]{64}$")] public required string Sha256 { get; init; }
}

/// <summary>A registration as its owner sees it.</summary>
public sealed record RegistrationBody
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The registration token; told once, when the attempt starts.</summary>
    public string? Token { get; init; }

    /// <summary>Where it stands.</summary>
    [AllowedValues("code_sent", "verified", "account_exists", "awaiting_guardian", "completed", "expired")] public required string State { get; init; }

    /// <summary>The contact, masked.</summary>
    public required string Destination { get; init; }

    /// <summary>Digits of the code.</summary>
    public required int CodeLength { get; init; }

    /// <summary>When the code stops working.</summary>
    public required DateTimeOffset CodeExpiresAt { get; init; }

    /// <summary>When the newest message leaves or left.</summary>
    public required DateTimeOffset SendsAt { get; init; }

    /// <summary>From when another code may be asked for.</summary>
    public required DateTimeOffset ResendAllowedAt { get; init; }

    /// <summary>Wrong guesses that the code survives.</summary>
    public required int AttemptsLeft { get; init; }

    /// <summary>When the attempt lapses and is erased.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What became of the newest message.</summary>
    [AllowedValues("queued", "handed_over", "number_refused", "unknown")] public required string Delivery { get; init; }

    /// <summary>What must be accepted to complete now.</summary>
    public required RequiredDocumentBody[] Documents { get; init; }

    /// <summary>For 16 and 17: how far it has come with the guardian; absent while the birth date does not ask for one.</summary>
    public Guardians.GuardianProgressBody? Guardian { get; init; }

    /// <summary>What registering asks for, with purpose and ground (L-01), in the order of the steps; nothing once the attempt is over.</summary>
    public required AskedFieldBody[] Asks { get; init; }

    /// <summary>The service that the start named, with what it needs; absent for none, and for one that the catalogue lists no longer.</summary>
    public ChosenServiceBody? Service { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(RegistrationBody);

    internal static RegistrationBody Of(string id, string? token, RegistrationView view, RegistrationDesk desk, Language language) => Of(id, token, view, desk.Required(), desk.ServiceOf(view), language);

    private static RegistrationBody Of(string id, string? token, RegistrationView view, IReadOnlyList<RequiredDocument> documents, ServiceType? service, Language language) => new()
    {
        Id = id,
        Token = token,
        State = view.State switch
        {
            RegistrationState.CodeSent => "code_sent",
            RegistrationState.Verified => "verified",
            RegistrationState.AccountExists => "account_exists",
            RegistrationState.AwaitingGuardian => "awaiting_guardian",
            RegistrationState.Completed => "completed",
            RegistrationState.Expired => "expired",
        },
        Destination = view.Destination,
        CodeLength = view.CodeLength,
        CodeExpiresAt = view.CodeExpiresAt,
        SendsAt = view.SendsAt,
        ResendAllowedAt = view.ResendAllowedAt,
        AttemptsLeft = view.AttemptsLeft,
        ExpiresAt = view.ExpiresAt,
        Delivery = DeliveryOf(view.Delivery),
        Documents = RequiredDocumentBody.Of(documents),
        Guardian = Guardians.GuardianProgressBody.Of(view.Guardian),
        Asks = view.State is RegistrationState.CodeSent or RegistrationState.Verified or RegistrationState.AwaitingGuardian ? AskedFieldBody.Of(view.Kind, service, language) : [],
        Service = service is null ? null : ChosenServiceBody.Of(service, view.Kind, language),
    };

    internal static string DeliveryOf(DeliveryState state) => state switch
    {
        DeliveryState.Queued => "queued",
        DeliveryState.HandedOver => "handed_over",
        DeliveryState.NumberRefused => "number_refused",
        DeliveryState.Unknown => "unknown",
    };
}

/// <summary>The account is open.</summary>
public sealed record CompletionBody
{
    /// <summary>The account.</summary>
    public required AccountBody Account { get; init; }

    /// <summary>Its first session.</summary>
    public required SessionTokenBody Session { get; init; }

    /// <summary>A mark for this app or browser to keep and send with its next sign-in. It opens nothing.</summary>
    public required string KnownClient { get; init; }
}

/// <summary>A session's token; told once.</summary>
public sealed record SessionTokenBody
{
    /// <summary>The session token, for <c>Authorization: Bearer</c>.</summary>
    public required string Token { get; init; }

    /// <summary>When the session ends at the latest.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What it may do.</summary>
    [AllowedValues("full", "limited")] public required string Scope { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(SessionTokenBody);
}
