using System.Text.Json;

namespace AiCloud.Problems;

/// <summary>
/// Every code that a problem document can carry (API.md). The wire form is the member's name in snake_case and stable: a member is never renamed.
/// Status, words and Retry-After stand in <see cref="ProblemCatalogue"/>.
/// </summary>
public enum ProblemCode
{
#pragma warning disable CS1591 // the catalogue says what each means, in both languages
    BadRequest = 1,
    MalformedJson = 2,
    UnknownMember = 3,
    Invalid = 4,
    IdempotencyKeyWeak = 5,
    IdempotencyKeyInvalid = 6,
    IdempotencyKeyReused = 7,
    IdempotencyInProgress = 8,
    Unauthorized = 9,
    Forbidden = 10,
    NotFound = 11,
    MethodNotAllowed = 12,
    NotAcceptable = 13,
    RequestTimeout = 14,
    PayloadTooLarge = 15,
    UnsupportedMediaType = 16,
    TooManyRequests = 17,
    Internal = 18,
    Unavailable = 19,
    Busy = 20,
    PhoneInvalid = 30,
    EmailInvalid = 31,
    CountryNotServed = 32,
    PrivacyConsentMissing = 33,
    DocumentNotInForce = 34,
    SendLimit = 35,
    NetworkLimit = 36,
    WaitingRoom = 37,
    CampaignClosed = 38,
    CampaignQuotaReached = 39,
    ResendTooSoon = 40,
    CodeWrong = 41,
    CodeExpired = 42,
    CodeAttemptsExhausted = 43,
    NotVerified = 44,
    AccountExists = 45,
    AlreadyCompleted = 46,
    BirthDateAlreadyStated = 47,
    BirthDateInvalid = 48,
    CompletionInProgress = 49,
    AcceptanceMissing = 50,
    DeclarationMissing = 51,
    PasswordTooShort = 52,
    PasswordTooLong = 53,
    PasswordCompromised = 54,
    PasswordContainsIdentifier = 55,
    UnderAge = 56,
    GuardianRequired = 57,
    GuardianContactSame = 58,
    GuardianLimit = 59,
    RegistrationRefused = 60,
    RegistrationExpired = 61,
    CredentialsWrong = 70,
    TooManyAttempts = 71,
    AccountLimited = 72,
    ConsentRequired = 73,
    NotInCheckpoint = 110,
    CheckpointUnderWay = 111,
    DocumentVersionUsed = 125,
    DocumentInvalid = 126,
    EffectiveTooSoon = 127,
    DocumentClassTooLow = 128,
    SecondPersonNeeded = 129,
    AnotherAnnounced = 130,
    NotADraft = 131,
    AlreadyInForce = 132,
    SecondFactorRequired = 80,
    ProposalClosed = 83,
    TwoManagersNeeded = 84,
    ActivationExpired = 85,
    TooManyProposals = 86,
    RolesNotLower = 87,
    MemberDisabled = 88,
    TooManyDrafts = 89,
    ReauthenticationRequired = 200,
    ExportTooSoon = 180,
    ExportLimit = 181,
    ExportExpired = 182,
    ExportNotReady = 183,
    RegistrationsPaused = 140,
    SendsPaused = 141,
    ReadOnly = 142,
    SwitchUnknown = 143,
    SwitchEndInvalid = 144,
    ServiceClientEnded = 400,
    TooManyServiceTokens = 401,
    TooManyServiceClients = 402,
    AccountUnknown = 403,
#pragma warning restore CS1591
}

/// <summary>Between members and the words on the wire.</summary>
public static class ProblemCodeNames
{
    private static readonly Dictionary<ProblemCode, string> Names =
        Enum.GetValues<ProblemCode>().ToDictionary(code => code, code => JsonNamingPolicy.SnakeCaseLower.ConvertName(code.ToString()));

    private static readonly Dictionary<string, ProblemCode> Codes = Names.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The stable snake_case form.</summary>
    public static string Name(this ProblemCode code) => Names[code];

    /// <summary>The code of a wire form.</summary>
    public static bool TryParse(string name, out ProblemCode code) => Codes.TryGetValue(name, out code);
}
