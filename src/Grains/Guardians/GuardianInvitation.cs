using AiCloud.Documents;
using AiCloud.Identity;
using AiCloud.Protection;
using AiCloud.Registration;
using AiCloud.Services;
using AiCloud.Storage;

namespace AiCloud.Guardians;

/// <summary>What is kept of one invitation. What identifies anybody is sealed under the invitation's own key, which goes with the row.</summary>
public sealed record GuardianInvitation : IStoredState, IHoldsKeys
{
    // A lapsed row stays this long, so that an activation still in memory notices by clock before its row goes.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>Where it stands; null as long as nobody was invited.</summary>
    public InvitationState? State { get; init; }

    /// <summary>When it lapses.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Digest of the secret of the guardian's token.</summary>
    public byte[] Proof { get; init; } = [];

    /// <summary>The invitation's own data key.</summary>
    public WrappedKey? Key { get; init; }

    /// <summary>Keys of the inviter's contacts.</summary>
    public string[] InviterKeys { get; init; } = [];

    /// <summary>The account that the guardian answers for.</summary>
    public Guid Account { get; init; }

    /// <summary>The registration that invites; null when an open account does.</summary>
    public string? Registration { get; init; }

    /// <summary>Who invites, as the guardian is shown it: sealed <see cref="InviterShown"/>.</summary>
    public byte[]? Inviter { get; init; }

    /// <summary>The invited contact, sealed.</summary>
    public byte[]? Invited { get; init; }

    /// <summary>Language of the message.</summary>
    public string Locale { get; init; } = "";

    /// <summary>Scheme and host of the guardian's page.</summary>
    public string PageAddress { get; init; } = "";

    /// <summary>When the message leaves or left.</summary>
    public DateTimeOffset SendsAt { get; init; }

    /// <summary>The message was or is about to be handed over: from here on it is never sent again.</summary>
    public bool Sent { get; init; }

    /// <summary>The contact that the guardian proved, sealed.</summary>
    public byte[]? Proven { get; init; }

    /// <summary>The challenge that proved it.</summary>
    public string? Challenge { get; init; }

    /// <summary>What the guardian's identity rests on.</summary>
    public GuardianAssurance Assurance { get; init; } = GuardianAssurance.Contact;

    /// <summary>The request that answered it.</summary>
    public AnsweredBy? Answered { get; init; }

    /// <summary>What the guardian said, sealed; null unless accepted.</summary>
    public byte[]? Binding { get; init; }

    /// <summary>
    /// What was accepted can still be withdrawn here: from then until the account takes the word up. Afterwards the guardian withdraws by their own session. False in
    /// rows that an earlier release accepted.
    /// </summary>
    public bool Withdrawable { get; init; }

    /// <summary>The guardian's identity check, what identifies them in it sealed; null before one was asked for.</summary>
    public AccountIdentity? Identity { get; init; }

    /// <summary>The separate consent to that check: sealed <see cref="IdentityConsent"/>.</summary>
    public byte[]? IdentityConsent { get; init; }

    /// <summary>When the row can go.</summary>
    public DateTimeOffset GoneAt => ExpiresAt + Margin;

    /// <inheritdoc/>
    public DateTimeOffset? DueAt => State is null ? null : State == InvitationState.Open && Identity?.Request?.NextTryAt is { } next && next < GoneAt ? next : GoneAt;

    /// <inheritdoc/>
    public IEnumerable<HeldKey> HeldKeys(string id) => Key is { } key ? [new HeldKey("key", KeyOwner(id), key)] : [];

    /// <inheritdoc/>
    public IHoldsKeys WithKeys(Func<WrappedKey, WrappedKey> by) => this with { Key = Key is { } key ? by(key) : null };

    /// <summary>What the invitation's key is wrapped for.</summary>
    public static string KeyOwner(string id) => $"guardian-invitation/{id}";

    /// <summary>Where it stands by clock.</summary>
    public InvitationState At(DateTimeOffset now) => State is { } state && now < ExpiresAt ? state : InvitationState.Lapsed;

    /// <summary>Whether an answer may be given, or was given by this very request.</summary>
    public (bool Repeated, RefusalCode? Refusal) MayAnswer(string operation, string fingerprint, GuardianAnswer answer, DateTimeOffset now) => At(now) switch
    {
        InvitationState.Open => (false, null),
        _ when Answered?.Operation == operation && At(now) != InvitationState.Lapsed =>
            Answered.Fingerprint == fingerprint ? (true, null) : (false, RefusalCode.IdempotencyKeyReused),
        // Who declined may still say that the inviter is unknown: that protects, and takes nothing from anybody.
        InvitationState.Declined when answer == GuardianAnswer.Unknown => (false, null),
        InvitationState.Accepted when answer != GuardianAnswer.Accept && Withdrawable => (false, null),
        _ => (false, RefusalCode.InvitationExpired),
    };

    /// <summary>What acceptance needs, in the order in which it is refused.</summary>
    public RefusalCode? MayAccept(AcceptResponsibility request, bool needsIdentity, IReadOnlyList<RequiredDocument> required) =>
        Proven is null ? RefusalCode.NotVerified
        : Identity?.Request is not null ? RefusalCode.IdentityPending
        : needsIdentity && Identity?.Proof is null ? RefusalCode.GuardianIdentityNeeded
        : !request.DeclaresAdult || !request.DeclaresResponsibility ? RefusalCode.DeclarationMissing
        : CompletionRules.CheckAcceptances(request.Acceptances, required)?.Code;
}

/// <summary>What a guardian answers.</summary>
public enum GuardianAnswer
{
    /// <summary>Takes the responsibility.</summary>
    Accept = 1,
    /// <summary>Does not, or does so no longer.</summary>
    Decline = 2,
    /// <summary>Does not know who invites.</summary>
    Unknown = 3,
}

/// <summary>Who invites, as the guardian is shown it.</summary>
public sealed record InviterShown(string Masked, string? Name)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(InviterShown);
}

/// <summary>Consent to the identity check by its own box (L-09).</summary>
public sealed record IdentityConsent(DocumentReference Document, DateTimeOffset At, string Language, string Channel, long Network);

/// <summary>The request that answered an invitation, and the keyed digest of its body.</summary>
public sealed record AnsweredBy(string Operation, string Fingerprint);
