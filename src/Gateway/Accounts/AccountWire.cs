using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using AiCloud.Consent;
using AiCloud.Documents;
using AiCloud.Requests;

namespace AiCloud.Accounts;

/// <summary>Signs in.</summary>
public sealed record SignInRequest
{
    /// <summary>Phone number or e-mail address, however it is written.</summary>
    [MaxLength(320), MinLength(1), Text(TextRule.Pasted)] public required string Identifier { get; init; }

    /// <summary>The password.</summary>
    [MaxLength(4096), Text(TextRule.Verbatim)] public required string Password { get; init; }

    /// <summary>What an earlier reply gave as <c>knownClient</c> to this very app or browser. With it, other people's failed sign-ins never keep its holder out; any other text counts for nothing.</summary>
    [MaxLength(512), Text(TextRule.Verbatim)] public string? KnownClient { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(SignInRequest);
}

/// <summary>Changes the password (P-05).</summary>
public sealed record PasswordChangeRequest
{
    /// <summary>The password now; absent only where the account has none, which then needs full re-authentication.</summary>
    [MaxLength(4096), Text(TextRule.Verbatim)] public string? CurrentPassword { get; init; }

    /// <summary>The password to be: 8 to 256 code points (C2.2c).</summary>
    [MaxLength(4096), Text(TextRule.Verbatim)] public required string NewPassword { get; init; }

    /// <summary>End every other session. Absent means no.</summary>
    public bool? EndOtherSessions { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(PasswordChangeRequest);
}

/// <summary>A merge-patch (RFC 7396) of the account's own facts.</summary>
public sealed record AccountPatch
{
    /// <summary>Name to show; null or an empty text removes it.</summary>
    [MaxLength(64)] public string? DisplayName { get; init { field = value; NamesDisplayName = true; } }

    /// <summary>Language of messages. Cannot be removed.</summary>
    [AllowedValues("zh-CN", "en"), DisallowNull] public string? Locale { get; init; }

    /// <summary>
    /// Corrected birth date, <c>YYYY-MM-DD</c>; only before an ID proof, not across 16 or 18, and at 16 or 17 not so that the 18th birthday moves (C2.1a, C2.1b, C2.1f). Cannot be removed.
    /// </summary>
    [RegularExpression("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), DisallowNull] public string? BirthDate { get; init; }

    /// <summary>The date; a day that no calendar has is nobody's birth date.</summary>
    internal DateOnly? ReadBirthDate() => BirthDate is null ? null
        : DateOnly.TryParseExact(BirthDate, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day) ? day : DateOnly.MaxValue;

    /// <summary>Whether the patch speaks of the name at all: null removes it, absence keeps it (RFC 7396).</summary>
    internal bool NamesDisplayName { get; private init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(AccountPatch);
}

/// <summary>A name that was allowed once.</summary>
public sealed record NameFaultBody
{
    /// <summary>When it was noted.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>From when on the name is not shown unless another is chosen.</summary>
    public required DateTimeOffset Deadline { get; init; }
}

/// <summary>An account as its user of record sees it: facts masked.</summary>
public sealed record AccountBody
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How it stands.</summary>
    [AllowedValues("good", "limited")] public required string Standing { get; init; }

    /// <summary>Proven contacts.</summary>
    public required ContactBody[] Contacts { get; init; }

    /// <summary>Name to show.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The rules refuse the name, which they allowed when it was chosen (L-12); absent while nothing stands against it.</summary>
    public NameFaultBody? NameFault { get; init; }

    /// <summary>Birth date with month and day masked.</summary>
    public required string BirthDate { get; init; }

    /// <summary>Language of messages.</summary>
    public required string Locale { get; init; }

    /// <summary>Announced or changed documents that the person should be shown (C2.5c).</summary>
    public required NoticeDueBody[] NoticeDue { get; init; }

    /// <summary>Consents to ask for, purpose by purpose (C2.5c).</summary>
    public required ConsentDueBody[] ConsentDue { get; init; }

    /// <summary>Whether the person is asked if what they stated is still right (C2.1f). Nothing depends on the answer.</summary>
    public required bool FactsAsked { get; init; }

    /// <summary>Facts that staff marked false or outdated (C2.1g).</summary>
    public required string[] FactsMarked { get; init; }

    /// <summary>Terms of the account: the platform owns it, the user of record has the exclusive use of it (C2.3a, C2.3b).</summary>
    public TermsBody Terms { get; init; } = new();

    /// <inheritdoc/>
    public override string ToString() => nameof(AccountBody);

    internal static AccountBody Of(AccountView view, string language) => new()
    {
        Id = view.Id,
        CreatedAt = view.CreatedAt,
        Standing = StandingOf(view.Standing),
        Contacts = [.. view.Contacts.Select(ContactBody.Of)],
        DisplayName = view.DisplayName,
        NameFault = view.NameFault is { } fault ? new NameFaultBody { Since = fault.At, Deadline = fault.Deadline } : null,
        BirthDate = view.BirthDate,
        Locale = view.Locale,
        FactsAsked = view.FactsAsked,
        FactsMarked = [.. view.FactsMarked.Select(Facts.AccountFactNames.Name)],
        NoticeDue = NoticeDueBody.Of(view.NoticeDue, language),
        ConsentDue = ConsentDueBody.Of(view.ConsentDue, language),
    };

    internal static string StandingOf(AccountStanding standing) => standing switch { AccountStanding.Good => "good", AccountStanding.Limited => "limited" };
}

/// <summary>Whose an account is.</summary>
public sealed record TermsBody
{
    /// <summary>Who owns the account (C2.3a).</summary>
    public string Owner { get; init; } = "platform";

    /// <summary>What the user of record has (C2.3a).</summary>
    public string Right { get; init; } = "exclusive_use";

    /// <summary>Whether it may be transferred, leased, lent or inherited (C2.3b).</summary>
    public bool Transferable { get; init; }
}

/// <summary>A proven contact.</summary>
public sealed record ContactBody
{
    /// <summary>Phone or e-mail.</summary>
    [AllowedValues("phone", "email")] public required string Kind { get; init; }

    /// <summary>Masked form.</summary>
    public required string Masked { get; init; }

    /// <summary>When it was proven.</summary>
    public required DateTimeOffset ProvenAt { get; init; }

    /// <summary>Its name within the account.</summary>
    public required string Id { get; init; }

    internal static ContactBody Of(ContactView contact) => new()
    {
        Id = contact.Id,
        Kind = KindOf(contact.Kind),
        Masked = contact.Masked,
        ProvenAt = contact.ProvenAt,
    };

    internal static string KindOf(Identifiers.IdentifierKind kind) => kind switch { Identifiers.IdentifierKind.Phone => "phone", Identifiers.IdentifierKind.Email => "email" };
}

/// <summary>A session just opened.</summary>
public sealed record SignedInBody
{
    /// <summary>The session token, for <c>Authorization: Bearer</c>; told once.</summary>
    public required string Token { get; init; }

    /// <summary>A mark for this app or browser to keep and send with its next sign-in. It opens nothing.</summary>
    public required string KnownClient { get; init; }

    /// <summary>When the session ends at the latest.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What it may do.</summary>
    [AllowedValues("full", "limited")] public required string Scope { get; init; }

    /// <summary>How the account stands.</summary>
    [AllowedValues("good", "limited")] public required string Standing { get; init; }

    /// <summary>For a limited session: the functions it may use.</summary>
    public string[]? Allowed { get; init; }

    /// <summary>The account.</summary>
    public required AccountBody Account { get; init; }

    /// <summary>Announced or changed documents that the person should be shown (C2.5c).</summary>
    public required NoticeDueBody[] NoticeDue { get; init; }

    /// <summary>Consents to ask for, purpose by purpose (C2.5c).</summary>
    public required ConsentDueBody[] ConsentDue { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(SignedInBody);

    internal static SignedInBody Of(NewlySignedIn signedIn, string language) => new()
    {
        Token = signedIn.Token,
        KnownClient = signedIn.KnownClient,
        ExpiresAt = signedIn.Opened.Session.ExpiresAt,
        Scope = SessionBody.ScopeOf(signedIn.Opened.Session),
        Standing = AccountBody.StandingOf(signedIn.Opened.Account.Standing),
        Allowed = signedIn.Opened.Session.Scope == SessionScope.Limited ? signedIn.Opened.Session.Allowed : null,
        Account = AccountBody.Of(signedIn.Opened.Account, language),
        NoticeDue = NoticeDueBody.Of(signedIn.Opened.Account.NoticeDue, language),
        ConsentDue = ConsentDueBody.Of(signedIn.Opened.Account.ConsentDue, language),
    };
}

/// <summary>An open session.</summary>
public sealed record SessionBody
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>True for the one that asks.</summary>
    public required bool Current { get; init; }

    /// <summary>What opened it, such as a browser's name.</summary>
    public required string Client { get; init; }

    /// <summary>When the person last authenticated in it.</summary>
    public required DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Day (UTC) of its last use.</summary>
    public required DateOnly LastSeen { get; init; }

    /// <summary>When it ends at the latest.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What it may do.</summary>
    [AllowedValues("full", "limited")] public required string Scope { get; init; }

    /// <summary>How the person authenticated (RFC 8176).</summary>
    public required string[] Methods { get; init; }

    internal static SessionBody Of(SessionView view) => new()
    {
        Id = view.Id,
        Current = view.Current,
        Client = view.Client,
        AuthenticatedAt = view.AuthenticatedAt,
        OpenedAt = view.OpenedAt,
        LastSeen = view.LastSeen,
        ExpiresAt = view.ExpiresAt,
        Scope = ScopeOf(view),
        Methods = view.Methods,
    };

    internal static string ScopeOf(SessionView view) => view.Scope switch { SessionScope.Full => "full", SessionScope.Limited => "limited" };
}

/// <summary>An acceptance with its evidence (C0.1).</summary>
public sealed record AcceptedBody
{
    /// <summary>Its id within the account.</summary>
    public required string Id { get; init; }

    /// <summary>Kind of document.</summary>
    public required string Kind { get; init; }

    /// <summary>Version label.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 of the text, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>Explicit, or deemed by continued use.</summary>
    [AllowedValues("explicit", "deemed")] public required string Manner { get; init; }

    /// <summary>
    /// The act: <c>registration_start</c>, <c>registration_completion</c>, <c>consent</c>, or the act of use that counted as acceptance, as operations
    /// name theirs in <c>x-act-of-use</c>, or <c>service_use</c>.
    /// </summary>
    public required string Act { get; init; }

    /// <summary>When the version was announced; only for what continued use accepted.</summary>
    public DateTimeOffset? NoticeAnnouncedAt { get; init; }

    /// <summary>When the change was first shown to this person; absent when it never was.</summary>
    public DateTimeOffset? NoticeShownAt { get; init; }

    /// <summary>Rules and policies accepted along with it.</summary>
    public required DocumentReferenceBody[] Incorporated { get; init; }

    /// <summary>Language in which the text was shown.</summary>
    public required string Language { get; init; }

    /// <summary>Channel: <c>web</c>, <c>api</c> or <c>service</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>Where its signed receipt is.</summary>
    public required string Receipt { get; init; }

    internal static AcceptedBody Of(AcceptanceView view) => new()
    {
        Id = view.Id,
        Kind = view.Acceptance.Document.Kind,
        Version = view.Acceptance.Document.Version,
        Sha256 = view.Acceptance.Document.Sha256,
        AcceptedAt = view.Acceptance.AcceptedAt,
        Manner = view.Acceptance.Manner switch { AcceptanceManner.Explicit => "explicit", AcceptanceManner.Deemed => "deemed" },
        Act = view.Acceptance.Act,
        Incorporated = [.. view.Acceptance.Incorporated.Select(DocumentReferenceBody.Of)],
        Language = view.Acceptance.Language,
        Channel = view.Acceptance.Channel,
        NoticeAnnouncedAt = view.Acceptance.Notice?.AnnouncedAt,
        NoticeShownAt = view.Acceptance.NoticeShownAt,
        Receipt = $"/v1/account/acceptances/{view.Id}/receipt",
    };
}
