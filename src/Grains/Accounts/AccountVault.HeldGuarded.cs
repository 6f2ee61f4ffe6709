using AiCloud.Identifiers;
using AiCloud.PersonalData;
using AiCloud.Protection;

namespace AiCloud.Accounts;

/// <summary>What guards an account and what was proven or said of it, opened for the person's own copy.</summary>
internal sealed partial class AccountVault
{
    public HeldGuarded HeldGuarded(string id, AccountState state, DateTimeOffset now) => new(
        Facts(id, state, facts => state.Security.Leaving.Select(left => new HeldFormerContact
        {
            Kind = Word(left.Contact.Kind), Address = Address(id, facts, left.Contact).Address, ProvenAt = left.Contact.ProvenAt, AddedAt = left.Contact.CameAt, UsedAt = left.Contact.UsedAt,
            LeftAt = left.At, ReservedUntil = left.ReservedUntil, Digest = left.Contact.IdentifierKey,
        }).ToArray()),
        new HeldSecurity
        {
            ChangedAt = state.Security.ChangedAt,
            ProtectedSince = state.Security.Protection?.Since,
            ProtectedUntil = state.Security.Protection?.Until,
            ResetAnnouncedAt = state.Security.Reset?.AnnouncedAt,
            ResetReadyAt = state.Security.Reset?.ReadyAt,
            ResetUntil = state.Security.Reset?.Until,
            Notices = [.. state.Security.Alarms.Select(alarm => new HeldSecurityNotice { Kind = Word(alarm.Kind), At = alarm.At, ExpiresAt = alarm.ExpiresAt, ObjectedAt = alarm.ObjectedAt })],
            Places = [.. Places(id, state).All.Select(place => new HeldPlace { Network = DataCollection.Tag(place.Network), Client = place.Client })],
        },
        HeldIdentity(id, state),
        HeldGuardianship(id, state, now),
        [.. state.FactMarks.Select(mark => new HeldFactMark
        {
            Id = mark.Id, Fact = Word(mark.Fact), Fault = Word(mark.Fault), At = mark.At, Deadline = mark.Deadline, RestrictedAt = mark.RestrictedAt,
            ContestedAt = mark.Contest?.At, Words = mark.Contest is { } contest ? FactWords(id, state, contest.Words) : null,
            AnsweredAt = mark.Contest?.AnsweredAt, Accepted = mark.Contest?.Accepted, EndedAt = mark.End?.At, Ending = mark.End is { } end ? Word(end.Ending) : null,
        })],
        [.. (state.Numbers?.Claims ?? []).Select(claim => new HeldNumberClaim
        {
            Digest = claim.IdentifierKey, Since = claim.Since, AskedAt = claim.AskedAt, Standing = Word(claim.Standing), WarnedAt = claim.WarnedAt,
        })],
        [.. (state.Numbers?.Asked ?? []).Select(asked => new HeldNumberCheck { Digest = asked.IdentifierKey, AskedAt = asked.AskedAt, Standing = Word(asked.Standing) })]);

    private HeldIdentity? HeldIdentity(string id, AccountState state)
    {
        if (state.Identity is not { } identity) return null;
        var (proof, person) = (identity.Proof, Person(id, state));
        return new HeldIdentity
        {
            Method = proof is null ? null : Word(proof.Method),
            Kind = proof?.Kind is { } kind ? Word(kind) : null,
            At = proof?.At,
            Name = person?.Name,
            Last = person?.Last,
            Number = person?.Number,
            NumberKeptFor = proof?.NumberKeptFor,
            BirthDateProven = proof?.BirthDateProven,
            Reference = proof?.Reference,
            Digest = proof?.DocumentKey,
            Request = identity.Request is not { } request ? null : Question(id, state, request) is var question ? new HeldIdentityRequest
            {
                Method = Word(request.Method), Kind = request.Kind is { } asked ? Word(asked) : null, Name = question.Name, Number = question.Certificate?.Number, BirthDate = question.BirthDate,
                Service = request.Service, AskedAt = request.AskedAt, EndsAt = request.EndsAt, CorrectsBirthDate = request.CorrectsBirthDate, Digest = request.DocumentKey,
            } : null,
            RefusedAt = identity.Refused?.At,
            RefusedFor = identity.Refused is { } refused ? Word(refused.Reason) : null,
            Tries = identity.Tries,
        };
    }

    // As the person is shown it: once of age, nothing about a guardian any more but when somebody was responsible (C2.1b).
    private HeldGuardianship? HeldGuardianship(string id, AccountState state, DateTimeOffset now)
    {
        if (state.Ward is null && state.Responsibilities.Length == 0) return null;
        var (view, ward) = (Guardianship(id, state, now), state.Ward is { } standing && now < standing.AdultAt ? standing : null);
        return new HeldGuardianship
        {
            Until = view.Until,
            GuardianMasked = view.GuardianMasked,
            Relationship = view.Relationship is { } relationship ? Word(relationship) : null,
            Assurance = view.Assurance is { } assurance ? Word(assurance) : null,
            Since = view.Since,
            Loss = view.Loss is { } loss ? Word(loss) : null,
            LostAt = ward?.LostAt,
            LossToldAt = ward?.LossToldAt,
            NameBy = ward?.NameBy,
            FrozenAt = ward?.FrozenAt,
            OldEnoughAt = ward?.OldEnoughAt,
            InvitedMasked = view.InvitedMasked,
            InvitationExpiresAt = ward?.Invitation?.ExpiresAt,
            InvitationAnswer = view.Invitation is { } answer ? Word(answer) : null,
            InvitationsSent = ward?.Invitation?.Sent ?? [],
            Responsibilities = [.. state.Responsibilities.Select(responsibility => new HeldResponsibility
            {
                From = responsibility.From, Until = responsibility.Until, Documents = [.. responsibility.Documents.Select(text => Held(text.Document))],
            })],
        };
    }
}
