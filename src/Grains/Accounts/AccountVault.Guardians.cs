using AiCloud.Guardians;
using AiCloud.Identifiers;
using AiCloud.Registration;

namespace AiCloud.Accounts;

/// <summary>What identifies a guardian: under the account key while they stand, under the evidence key what must outlive that.</summary>
internal sealed partial class AccountVault
{
    public AccountState Bind(string id, AccountState state, GuardianBinding binding, DateTimeOffset now)
    {
        if (state.Responsibilities.Any(responsibility => responsibility.Invitation == binding.Invitation)) return state;
        var guardian = Facts(id, state, facts => new StoredGuardian
        {
            IdentifierKey = binding.Contact.IdentifierKey,
            Kind = binding.Contact.Contact.Kind,
            Address = facts.ProtectText(binding.Contact.Contact.Address, Context(id, "guardian-contact")),
            Name = facts.ProtectText(binding.Name, Context(id, "guardian-name")),
            Relationship = binding.Relationship,
            Assurance = binding.Assurance,
            Since = binding.AcceptedAt,
            Identity = binding.Identity is not { } proven ? null : new StoredGuardianIdentity
            {
                Method = proven.Method, Kind = proven.Kind, At = proven.At, DocumentKey = proven.DocumentKey, Reference = proven.Reference,
                Last = proven.Last is null ? null : facts.ProtectText(proven.Last, Context(id, "guardian-document")),
            },
        });
        var evidence = new ResponsibilityEvidence(binding.Name, binding.Relationship, binding.Contact.Contact.Kind, binding.Contact.Contact.Address,
            binding.Assurance, binding.Language, binding.Channel, binding.Network)
        {
            Identity = binding.Identity is { } checkedBy ? new ProvenGuardian(checkedBy.Method, checkedBy.At, checkedBy.Reference) : null,
        };
        var responsibility = new StoredResponsibility(binding.Invitation, binding.AcceptedAt, Until: null, binding.Documents,
            Evidence(id, state, key => key.ProtectJson(evidence, Context(id, "responsibility"))))
        {
            ConsentedTo = binding.Identity?.ConsentedTo,
            ConsentedAt = binding.Identity?.ConsentedAt,
        };
        return Wards.Bound(state, Age.Reaches(BirthDate(id, state)!.Value, Age.Adult), guardian, responsibility, now);
    }

    /// <summary>Where messages to the guardian go; null when none is kept.</summary>
    public GuardianContact? Guardian(string id, AccountState state) => state.Ward?.Guardian is not { } guardian ? null : Facts(id, state, facts => new GuardianContact
    {
        Contact = new Identifier(guardian.Kind, facts.UnprotectText(guardian.Address, Context(id, "guardian-contact"))),
        IdentifierKey = guardian.IdentifierKey,
    });

    /// <summary>Where something goes that a guardian is still to be told; they may be the account's no longer.</summary>
    public Identifier Address(string id, AccountState state, TellingAddress to) =>
        new(to.Kind, Facts(id, state, facts => facts.UnprotectText(to.Address, Context(id, "guardian-contact"))));

    public ResponsibilityEvidence Responsibility(string id, AccountState state, StoredResponsibility responsibility) =>
        Evidence(id, state, key => key.UnprotectJson<ResponsibilityEvidence>(responsibility.Evidence, Context(id, "responsibility"))!);

    public byte[] SealInvited(string id, AccountState state, string masked) => Facts(id, state, facts => facts.ProtectText(masked, Context(id, "guardian-invited")));

    public byte[] SealGuardianAct(string id, AccountState state, string by) => Evidence(id, state, key => key.ProtectJson(new GuardianActEvidence(by), Context(id, "guardian-act")));

    public GuardianshipView Guardianship(string id, AccountState state, DateTimeOffset now)
    {
        var how = Wards.StateOf(state, now);
        var ward = state.Ward;
        // Of age, nobody is shown anything about a guardian any more.
        if (ward is null || how == GuardianshipState.OfAge) return new GuardianshipView { State = how, Ending = Endings.AccountEndings.View(state) };
        return new GuardianshipView
        {
            State = how,
            GuardianMasked = Guardian(id, state)?.Contact.Masked,
            Relationship = ward.Guardian?.Relationship,
            Assurance = ward.Guardian?.Assurance,
            Since = ward.Guardian?.Since,
            Until = ward.AdultAt,
            Loss = ward.Loss,
            NameBy = ward.Loss is null ? null : ward.NameBy,
            Invitation = ward.Invitation is not { } invitation ? null : invitation.Answer == InvitationState.Open && invitation.ExpiresAt <= now ? InvitationState.Lapsed : invitation.Answer,
            InvitedMasked = ward.Invitation is { } sent ? Facts(id, state, facts => facts.UnprotectText(sent.Invited, Context(id, "guardian-invited"))) : null,
            Frozen = ward.FrozenAt is not null,
            Ending = Endings.AccountEndings.View(state),
            OldEnoughAt = how == GuardianshipState.UnderAge ? ward.OldEnoughAt : null,
        };
    }
}
