using AiCloud.Consent;
using AiCloud.Identifiers;

namespace AiCloud.Accounts;

/// <summary>How an account stands (C2.3c, C2.5d).</summary>
public enum AccountStanding
{
    /// <summary>In good standing.</summary>
    Good = 1,
    /// <summary>Some functions are taken away until something is mended; <see cref="SessionView.Allowed"/> names the others.</summary>
    Limited = 2,
}

/// <summary>Changes facts of an account.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.change-account")]
public sealed record ChangeAccount
{
    /// <summary>New display name; null leaves it, an empty one removes it.</summary>
    [Id(0)] public string? DisplayName { get; init; }
    /// <summary>New language; null leaves it.</summary>
    [Id(1)] public string? Locale { get; init; }
    /// <summary>Corrected birth date; null leaves it. Refused <see cref="RefusalCode.BirthDateNeedsProof"/> across 16 or 18 and after an ID proof.</summary>
    [Id(2)] public DateOnly? BirthDate { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ChangeAccount);
}

/// <summary>A contact of an account, masked.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.contact-view")]
public sealed record ContactView
{
    /// <summary>Phone or e-mail.</summary>
    [Id(0)] public required IdentifierKind Kind { get; init; }
    /// <summary>Masked form.</summary>
    [Id(1)] public required string Masked { get; init; }
    /// <summary>When it was proven.</summary>
    [Id(2)] public required DateTimeOffset ProvenAt { get; init; }
    /// <summary>Its name within the account.</summary>
    [Id(3)] public string Id { get; init; } = "";
}

/// <summary>An account as its user of record may see it: facts masked.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.account-view")]
public sealed record AccountView
{
    /// <summary>The account's id.</summary>
    [Id(0)] public required Guid Id { get; init; }
    /// <summary>When it was opened.</summary>
    [Id(1)] public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>Proven contacts.</summary>
    [Id(2)] public required ContactView[] Contacts { get; init; }
    /// <summary>Name to show; null when none was given.</summary>
    [Id(3)] public string? DisplayName { get; init; }
    /// <summary>Year of birth with month and day masked, such as <c>1990-**-**</c>.</summary>
    [Id(4)] public required string BirthDate { get; init; }
    /// <summary><c>zh-CN</c> or <c>en</c>.</summary>
    [Id(5)] public required string Locale { get; init; }
    /// <summary>How the account stands.</summary>
    [Id(6)] public required AccountStanding Standing { get; init; }
    /// <summary>Changes that the person should be shown (C2.5c).</summary>
    [Id(7)] public DueNotice[] NoticeDue { get; init; } = [];
    /// <summary>Consents to ask for (C2.5c).</summary>
    [Id(8)] public DueConsent[] ConsentDue { get; init; } = [];
    /// <summary>Whether the person is asked if all is still right (C2.1f). Nothing depends on the answer.</summary>
    [Id(40)] public bool FactsAsked { get; init; }
    /// <summary>Facts that are marked false or outdated (C2.1g).</summary>
    [Id(41)] public Facts.AccountFact[] FactsMarked { get; init; } = [];
    /// <summary>The rules refuse the name to show, which they allowed when it was chosen (L-12).</summary>
    [Id(42)] public Names.NameFault? NameFault { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(AccountView);
}

/// <summary>An acceptance as the person who made it may see it.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.acceptance-view")]
public sealed record AcceptanceView
{
    /// <summary>Its id within the account.</summary>
    [Id(0)] public required string Id { get; init; }
    /// <summary>The acceptance.</summary>
    [Id(1)] public required Acceptance Acceptance { get; init; }
}
