using AiCloud.Accounts;
using AiCloud.Challenges;
using AiCloud.Documents;
using AiCloud.Identifiers;
using AiCloud.Identity;
using AiCloud.Names;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Registration;
using AiCloud.Requests;
using Microsoft.Extensions.Options;

namespace AiCloud.Guardians;

/// <summary>Inviting a guardian and what the guardian answers, for API and pages alike (C2.1b).</summary>
internal sealed class GuardianDesk(
    IGrainFactory grains, IOptions<RegionsOptions> regions, IdentifierDigest digests, DerivedIds derivedIds, Fingerprint fingerprints, ChallengeDesk challenges, IdentityDesk identities,
    DocumentCatalog documents, DisplayNames names, StoredNames stored, TimeProvider clock)
{
    /// <summary>An attempt of somebody of 16 or 17 invites; the registration's token can do no more than that.</summary>
    public async Task<Answer<RegistrationView>> Invite(Token token, GuardianContactRequest request, string? page, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        var (to, fault) = Read(request);
        if (fault is not null) return fault;
        if (page is null) return ProblemCode.Unavailable;
        var invite = new InviteByMinor
        {
            Proof = token.SecretDigest,
            Operation = derivedIds.FromIdempotencyKey(operation.Value, "guardian-invite"),
            Fingerprint = fingerprints.Of("guardian-invite", token.Id, to!.IdentifierKey),
            To = to,
            Network = caller.Network,
            PageAddress = page,
        };
        return At(request, await Repeatable.Call(() => grains.GetGrain<IGuardedRegistrationGrain>(token.Id).Invite(invite, cancellation)));
    }

    public async Task<Answer<GuardianshipView>> Guardianship(SignedIn who, CancellationToken cancellation) =>
        Answer<GuardianshipView>.From(await Repeatable.Call(() => Account(who.AccountKey).Guardianship(who.Proof, cancellation)));

    public async Task<Answer<GuardianshipView>> Invite(SignedIn who, GuardianContactRequest request, string? page, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        var (to, fault) = Read(request);
        if (fault is not null) return fault;
        if (page is null) return ProblemCode.Unavailable;
        // The message names who invites: a name that the rules refuse by now is noted by the account before it writes one.
        if ((await stored.Check(await Repeatable.Call(() => grains.GetGrain<IAccountGrain>(who.AccountKey).View(who.Proof, cancellation)), cancellation)).Problem is { } ended) return ended;
        var invite = new InviteByWard
        {
            Operation = derivedIds.FromIdempotencyKey(operation.Value, "guardian-invite"),
            Fingerprint = fingerprints.Of("guardian-invite", who.AccountKey, to!.IdentifierKey),
            To = to,
            Network = caller.Network,
            PageAddress = page,
        };
        return At(request, await Repeatable.Call(() => Account(who.AccountKey).Invite(who.Proof, invite, cancellation)));
    }

    public async Task<Answer<GuardianshipView>> ReportLoss(SignedIn who, CancellationToken cancellation) =>
        Answer<GuardianshipView>.From(await Repeatable.Call(() => Account(who.AccountKey).ReportLoss(who.Proof, cancellation)));

    public async Task<Answer<AccountView>> AcceptOfAge(SignedIn who, OwnAcceptanceRequest request, Caller caller, CancellationToken cancellation)
    {
        var accept = new AcceptOfAge
        {
            Acceptances = References(request.Acceptances),
            DeclaresCapacity = request.Capacity,
            Language = caller.Language,
            Channel = caller.Channel,
            Network = caller.Network,
        };
        var outcome = await Repeatable.Call(() => Account(who.AccountKey).AcceptOfAge(who.Proof, accept, cancellation));
        return outcome.Refusal is { Code: RefusalCode.DocumentNotInForce } outdated ? WithDocuments(outdated) : Answer<AccountView>.From(outcome);
    }

    public async Task<Answer<InvitationView>> View(Token token, CancellationToken cancellation) =>
        Shown(await Repeatable.Call(() => Invitation(token).View(token.SecretDigest, cancellation)));

    /// <summary>Sends the guardian a code: to the invited phone, or to the one named where an e-mail address was invited.</summary>
    public async Task<Answer<StartedChallenge>> SendCode(Token token, string? phone, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        GuardianContact? named = null;
        if (!string.IsNullOrWhiteSpace(phone))
        {
            var (read, fault) = Read(new GuardianContactRequest { Method = "phone", Phone = phone });
            if (fault is not null) return fault;
            named = read;
        }
        var contact = await Repeatable.Call(() => Invitation(token).Contact(token.SecretDigest, named, cancellation));
        if (contact.Refusal is { } refusal) return refusal.Code is RefusalCode.GuardianPhoneNeeded or RefusalCode.GuardianContactSame ? Problem.At("/phone", refusal.Code.Problem()) : refusal;
        var subject = GuardianSubjects.Invitation(token.Id);
        var wish = new ChallengeWish(ChallengePurpose.Guardian, subject, contact.Value!.Contact, caller.Language);
        return await challenges.Start(challenges.IdOf(operation, subject, "guardian"), wish, caller, minted: !operation.FromClient, cancellation);
    }

    public async Task<Answer<InvitationView>> Prove(Token token, GuardianCodeRequest request, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        if (!ChallengeDesk.IsId(request.Challenge)) return ProblemCode.NotFound;
        var proven = await challenges.Answer(request.Challenge, ChallengePurpose.Guardian, GuardianSubjects.Invitation(token.Id), request.Code, caller, operation, cancellation);
        if (proven.Problem is { } problem) return problem;
        return Shown(await Repeatable.Call(() => Invitation(token).Proven(token.SecretDigest, proven.Value!, cancellation)));
    }

    public async Task<Answer<InvitationView>> SubmitIdentity(Token token, GuardianIdentityRequest request, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        var (submission, fault) = identities.Read(new IdentityRequestBody
        {
            Method = request.Method, Kind = request.Kind, Number = request.Number, Issuer = request.Issuer, Name = request.Name, Credential = request.Credential, BirthDate = request.BirthDate,
        }, operation);
        if (fault is not null) return fault;
        var submit = new SubmitGuardianIdentity
        {
            Proof = token.SecretDigest,
            Submission = submission!,
            Consent = References([request.Consent])[0],
            Language = caller.Language,
            Channel = caller.Channel,
            Network = caller.Network,
        };
        var outcome = await Repeatable.Call(() => Invitation(token).SubmitIdentity(submit, cancellation));
        if (outcome.Refusal is not { } refusal) return Shown(outcome);
        return refusal.Code is RefusalCode.BirthDateInvalid or RefusalCode.BirthDateMismatch ? Problem.At("/birthDate", refusal.Code.Problem()) : refusal;
    }

    public async Task<Answer<InvitationView>> Accept(Token token, ResponsibilityRequest request, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        var acceptances = References(request.Acceptances);
        var name = string.IsNullOrWhiteSpace(request.Name) ? null : RealName.Read(request.Name);
        if (name is null && !string.IsNullOrWhiteSpace(request.Name)) return Problem.At("/name", ProblemCode.RealNameInvalid);
        var accept = new AcceptResponsibility
        {
            Proof = token.SecretDigest,
            Operation = derivedIds.FromIdempotencyKey(operation.Value, "guardian-accept"),
            Fingerprint = fingerprints.Of("guardian-accept", [token.Id, name, request.Relationship, $"{request.Declarations.Adult} {request.Declarations.Responsibility}",
                .. acceptances.Select(reference => $"{reference.Kind} {reference.Version} {reference.Sha256}")]),
            Name = name,
            Relationship = GuardianWire.RelationshipOf(request.Relationship),
            DeclaresAdult = request.Declarations.Adult,
            DeclaresResponsibility = request.Declarations.Responsibility,
            Acceptances = acceptances,
            Language = caller.Language,
            Channel = caller.Channel,
            Network = caller.Network,
        };
        var outcome = await Repeatable.Call(() => Invitation(token).Accept(accept, cancellation));
        return outcome.Refusal?.Code switch
        {
            RefusalCode.DocumentNotInForce => WithDocuments(outcome.Refusal),
            RefusalCode.GuardianNameDiffers when name is null => Problem.Of(ProblemCode.Invalid, [new FieldError("/name", FieldFault.Required)]),
            RefusalCode.GuardianNameDiffers => Problem.At("/name", ProblemCode.GuardianNameDiffers),
            _ => await Told(outcome),
        };
    }

    public async Task<Answer<InvitationView>> Decline(Token token, bool unknown, OperationId operation, CancellationToken cancellation) =>
        await Told(await Repeatable.Call(() => Invitation(token).Decline(new DeclineInvitation
        {
            Proof = token.SecretDigest,
            Unknown = unknown,
            Operation = derivedIds.FromIdempotencyKey(operation.Value, "guardian-decline"),
            Fingerprint = fingerprints.Of("guardian-decline", token.Id, unknown ? "unknown" : "declined"),
        }, cancellation)));

    /// <summary>What must be accepted now.</summary>
    public IReadOnlyList<RequiredDocument> Required() => documents.Current.RequiredAt(clock.GetUtcNow());

    /// <summary>A contact as typed, with the key of its actor.</summary>
    public (GuardianContact? Contact, Problem? Fault) Read(GuardianContactRequest request)
    {
        var byPhone = request.Method == "phone";
        var (text, other) = byPhone ? (request.Phone, request.Email) : (request.Email, request.Phone);
        var pointer = byPhone ? "/phone" : "/email";
        if (string.IsNullOrEmpty(text)) return (null, Problem.Of(ProblemCode.Invalid, [new FieldError(pointer, FieldFault.Required)]));
        if (other is not null) return (null, Problem.Of(ProblemCode.Invalid, [new FieldError(byPhone ? "/email" : "/phone", FieldFault.Refused)]));
        var parsed = byPhone ? IdentifierParsing.Phone(text, regions.Value) : IdentifierParsing.Email(text);
        return parsed.Match<(GuardianContact?, Problem?)>(
            identifier => (new GuardianContact { Contact = identifier, IdentifierKey = digests.Of(identifier) }, null), fault => (null, Problem.At(pointer, fault.Problem())));
    }

    /// <summary>
    /// The inviter is told to ask. Should that fail it asks by itself at its next use: the answer stands in the invitation, and only there.
    /// </summary>
    private async Task<Answer<InvitationView>> Told(Outcome<InvitationView> outcome)
    {
        if (outcome.Value is not { } view) return outcome.Refusal!;
        try
        {
            if (view.Registration is { } registration) await grains.GetGrain<IGuardedRegistrationGrain>(registration).GuardianAnswered(CancellationToken.None);
            else await Account(AccountKeys.Of(view.Account)).GuardianAnswered(CancellationToken.None);
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException)
        {
            // The guardian's own answer is kept, which is what this call is about.
        }
        return Shown(view);
    }

    /// <summary>Who invites, without a name that the rules refuse: the invitation keeps it as it was when it was sent.</summary>
    private Answer<InvitationView> Shown(Outcome<InvitationView> outcome) => outcome.Value is not { } view ? outcome.Refusal!
        : view.InviterName is { } name && names.Read(name) is null ? view with { InviterName = null } : view;

    private static Answer<T> At<T>(GuardianContactRequest request, Outcome<T> outcome) where T : class =>
        outcome.Refusal is { Code: RefusalCode.GuardianContactSame } ? Problem.At($"/{request.Method}", ProblemCode.GuardianContactSame) : Answer<T>.From(outcome);

    private Problem WithDocuments(Refusal refusal) => Problem.From(refusal).With("documents", RequiredDocumentBody.Of(Required()));

    private static DocumentReference[] References(AcceptanceBody[] acceptances) =>
        [.. acceptances.Select(reference => new DocumentReference { Kind = reference.Kind, Version = reference.Version, Sha256 = reference.Sha256 })];

    private IGuardianInvitationGrain Invitation(Token token) => grains.GetGrain<IGuardianInvitationGrain>(token.Id);
    private IGuardedAccountGrain Account(string key) => grains.GetGrain<IGuardedAccountGrain>(key);
}
