using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Identifiers;
using AiCloud.Names;
using AiCloud.Networks;
using AiCloud.Passwords;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;
using AiCloud.Services;
using AiCloud.Storage;
using AiCloud.Switches;
using Microsoft.Extensions.Options;

namespace AiCloud.Registration;

/// <summary>Registering, for API and pages alike: admits, normalises, asks the actor, hashes outside of it.</summary>
internal sealed class RegistrationDesk(
    IGrainFactory grains, IOptions<RegionsOptions> regions, IdentifierDigest digests, Tokens tokens, DerivedIds derivedIds, Fingerprint fingerprints,
    IRandomness randomness, NetworkBudget networks, PasswordDesk passwords, DocumentCatalog documents, SwitchBoard switches, DisplayNames names, KnownClients known, CatalogueFile catalogue,
    IOptions<RegistrationOptions> options, IOptions<IdentifierBudgetOptions> budgets, TimeProvider clock)
{
    public async Task<Answer<StartedRegistration>> Start(StartRequest request, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        var (contact, fault) = TypedContact.Read(request.Method, request.Phone, request.Email, regions.Value);
        if (fault is not null) return fault;
        if (request.Service is { } service && catalogue.Current.Find(service) is null) return Problem.Of(ProblemCode.Invalid, [new FieldError("/service", FieldFault.UnknownValue)]);
        if (request.PrivacyConsent is not { } consent) return ProblemCode.PrivacyConsentMissing;
        if (switches.StartsPaused is { } stopped) return Problem.Of(ProblemCode.RegistrationsPaused, stopped);
        if (await networks.Take(NetworkBudget.Starts, caller, cancellation) is { } spent) return spent;

        // An id that follows from the client's key makes a repeat find the attempt it began; any other is minted here and now.
        var id = operation.FromClient ? derivedIds.FromIdempotencyKey(operation.Value, Tokens.Registration) : DerivedIds.New(randomness);
        var token = tokens.IssueDerived(Tokens.Registration, id);
        var identifierKey = digests.Of(contact!);
        var start = new StartRegistration
        {
            Contact = contact!,
            IdentifierKey = identifierKey,
            PrivacyConsent = new DocumentReference { Kind = DocumentCatalog.PrivacyKind, Version = consent.Version, Sha256 = consent.Sha256 },
            Locale = request.Locale ?? caller.Language,
            Network = caller.Network,
            Proof = token.SecretDigest,
            Fingerprint = fingerprints.Of("start", identifierKey, consent.Version, consent.Sha256, request.Locale, request.Service is null ? request.Campaign : $"{request.Campaign}/{request.Service}"),
            Channel = caller.Channel,
            Service = request.Service,
            Keyed = operation.FromClient,
        };
        var unseen = true;
        var outcome = await Repeatable.Call(() =>
        {
            // The first try only: a second one follows a lost answer, and may meet what the first has kept. A client's repeat finds the attempt in memory, or
            // loses against its row and is answered from it: that costs the repeat, not every start.
            if (unseen) Minted.Mark(id);
            unseen = false;
            try { return grains.GetGrain<IRegistrationGrain>(id).Start(start, cancellation); }
            finally { Minted.Clear(); }
        });
        if (outcome.Refusal is { Code: RefusalCode.DocumentNotInForce } refusal) return WithDocuments(refusal);
        if (outcome.Refusal is { } other) return other;
        // A repeat may come from whoever learnt the key later: once the code was answered, it tells no token.
        var text = outcome.Value!.State == RegistrationState.CodeSent ? token.Text : null;
        return new StartedRegistration(id, text, outcome.Value);
    }

    public async Task<Answer<RegistrationView>> View(Token token, CancellationToken cancellation) =>
        Answer<RegistrationView>.From(await Repeatable.Call(() => Grain(token).View(token.SecretDigest, cancellation)));

    public async Task<Answer<RegistrationView>> Resend(Token token, Caller caller, OperationId operation, CancellationToken cancellation) =>
        Answer<RegistrationView>.From(await Repeatable.Call(() => Grain(token).Resend(
            new ResendCode { Proof = token.SecretDigest, Operation = operation.Value, Network = caller.Network }, cancellation)));

    public async Task<Answer<RegistrationView>> Verify(Token token, string code, OperationId operation, CancellationToken cancellation) =>
        Answer<RegistrationView>.From(await Repeatable.Call(() => Grain(token).Verify(
            new VerifyCode { Proof = token.SecretDigest, Operation = operation.Value, Code = code }, cancellation)));

    public async Task<Answer<Done>> Erase(Token token, CancellationToken cancellation) =>
        Answer<Done>.From(await Repeatable.Call(() => Grain(token).Erase(token.SecretDigest, cancellation)));

    public async Task<Answer<CompletedRegistration>> Complete(
        Token token, CompletionRequest request, Caller caller, OperationId operation, CancellationToken cancellation)
    {
        var faults = Faults(request);
        // A text that is no password is a fault of form, like others that nobody looks behind.
        if (Array.Exists(faults, fault => fault.Code == ProblemCode.Invalid)) return Problem.Of(ProblemCode.Invalid, faults.Select(fault => new FieldError(fault.Pointer, fault.Code)));
        if (!request.HasPossibleBirthDate()) return WithFaults(Problem.Of(ProblemCode.BirthDateInvalid), faults);
        var grain = Grain(token);
        var completion = Completion(token, request, caller, operation);
        var prepared = await Repeatable.Call(() => grain.Prepare(completion, cancellation));
        if (prepared.Refusal is { Code: RefusalCode.DocumentNotInForce } outdated) return WithDocuments(outdated);
        if (prepared.Refusal is { } refusal) return WithFaults(Problem.From(refusal), faults);
        // Only now: an age below 16 is decisive whatever else is wrong (C2.1a). A repeat of what is done is judged by the password that was kept.
        if (faults.Length > 0 && !prepared.Value!.AlreadyDone)
        {
            await GiveUp(grain, completion);
            return Problem.Of(faults[0].Code, faults.Select(fault => new FieldError(fault.Pointer, fault.Code)));
        }

        var account = prepared.Value!.Account;
        string? hash = null, matched = null;
        if (prepared.Value.AlreadyDone)
        {
            var match = await Match(account, request.Password, cancellation);
            if (match.Problem is { } problem) return problem;
            matched = match.Value;
        }
        else
        {
            var hashed = await HashOrUnprepare(grain, completion, request, prepared.Value.Contact, cancellation);
            if (hashed.Problem is { } problem) return problem;
            hash = hashed.Value;
        }
        var (session, sessionToken) = SessionTokens.New(tokens, randomness, AccountKeys.Of(account), caller, "pwd", "otp");
        var credential = new NewCredential { PasswordHash = hash, MatchedHash = matched, Session = session };
        // Not the caller's token: who hangs up now must find the account opened when asking again, not an attempt that seems under way.
        var committed = await Repeatable.Call(() => grain.Commit(completion, credential, CancellationToken.None));
        if (committed.Value is { Session: null })
        {
            // A crash hid that an earlier request under this key had opened the account: nobody has checked this one's password yet.
            var match = await Match(account, request.Password, CancellationToken.None);
            if (match.Problem is { } problem) return problem;
            committed = await Repeatable.Call(() => grain.Commit(completion, credential with { MatchedHash = match.Value }, CancellationToken.None));
        }
        if (committed.Refusal is { Code: RefusalCode.DocumentNotInForce } superseded) return WithDocuments(superseded);
        return committed.Match<Answer<CompletedRegistration>>(
            completed => new CompletedRegistration(completed.Account!, completed.Session!, sessionToken, known.Mark(AccountKeys.Of(account), null, operation)), refused => refused);
    }

    /// <summary>A completion that will not be committed is given up at once, also when its caller hung up: a repeat must not wait for it.</summary>
    private async Task<Answer<string>> HashOrUnprepare(
        IRegistrationGrain grain, CompleteRegistration completion, CompletionRequest request, Identifier contact, CancellationToken cancellation)
    {
        var hashed = false;
        try
        {
            var answer = await passwords.Hash("/password", request.Password, [contact], request.DisplayName, cancellation);
            hashed = answer.Problem is null;
            return answer;
        }
        finally
        {
            if (!hashed) await GiveUp(grain, completion);
        }
    }

    private static Task<bool> GiveUp(IRegistrationGrain grain, CompleteRegistration completion) =>
        Repeatable.Call(async () => { await grain.Unprepare(completion.Attempt, CancellationToken.None); return true; });

    /// <summary>What can be said of the fields without the attempt. All of it is told at once, so that nobody is sent round for each.</summary>
    private (string Pointer, ProblemCode Code)[] Faults(CompletionRequest request)
    {
        var faults = new List<(string, ProblemCode)>();
        if (request.DisplayName is { } typed && names.Read(typed) is null) faults.Add(("/displayName", ProblemCode.DisplayNameRefused));
        if (PasswordFault(request.Password, request.DisplayName) is { } fault) faults.Add(("/password", fault));
        return [.. faults];
    }

    /// <summary>What is wrong with a password whoever's it is; whether it contains their contact is judged once that is known.</summary>
    public ProblemCode? PasswordFault(string password, string? displayName) => passwords.Fault(password, displayName);

    // What the person can put right in the same form.
    private static Problem WithFaults(Problem problem, (string Pointer, ProblemCode Code)[] faults)
    {
        var pointer = problem.Code switch
        {
            ProblemCode.BirthDateInvalid => "/birthDate",
            ProblemCode.AcceptanceMissing => "/acceptances",
            ProblemCode.DeclarationMissing => "/declarations",
            _ => null,
        };
        return pointer is null ? problem : problem with { Errors = [new(pointer, problem.Code), .. faults.Select(fault => new FieldError(fault.Pointer, fault.Code))] };
    }

    /// <summary>
    /// The fingerprint holds nothing of the password, so a repeat is compared by the account's own hash: a body with another password is
    /// another body, and a session is never opened by a password that was changed meanwhile. Answers the hash that it matched.
    /// </summary>
    private async Task<Answer<string>> Match(Guid account, string password, CancellationToken cancellation)
    {
        var stored = await Repeatable.Call(() => grains.GetGrain<IAccountGrain>(AccountKeys.Of(account)).Credential(cancellation));
        var match = await passwords.Check(password, stored.PasswordHash, cancellation);
        return match.Problem is { } problem ? problem : match.Value!.Matches ? stored.PasswordHash! : Problem.Of(ProblemCode.IdempotencyKeyReused);
    }

    /// <summary>The limits of an attempt that its owner can see; the same whether or not the contact is known (H-04).</summary>
    public VisibleLimit[] Limits(RegistrationView view)
    {
        if (view.State != RegistrationState.CodeSent) return [];
        var now = clock.GetUtcNow();
        var wait = view.ResendAllowedAt - now;
        return
        [
            new VisibleLimit("code", budgets.Value.GuessesPerCode, options.Value.CodeLifetime, view.AttemptsLeft, view.CodeExpiresAt - now),
            new VisibleLimit("resend", 1, options.Value.ResendAfter, wait > TimeSpan.Zero ? 0 : 1, wait),
        ];
    }

    /// <summary>The service that the person came for; null for none, and for one that the catalogue lists no longer.</summary>
    public ServiceType? ServiceOf(RegistrationView view) => view.Service is { } id ? catalogue.Current.Find(id) : null;

    /// <summary>What must be accepted now.</summary>
    public IReadOnlyList<RequiredDocument> Required() => documents.Current.RequiredAt(clock.GetUtcNow());

    private CompleteRegistration Completion(Token token, CompletionRequest request, Caller caller, OperationId operation)
    {
        var acceptances = request.Acceptances.Select(reference => new DocumentReference { Kind = reference.Kind, Version = reference.Version, Sha256 = reference.Sha256 }).ToArray();
        return new CompleteRegistration
        {
            Proof = token.SecretDigest,
            Operation = operation.Value,
            Attempt = DerivedIds.New(randomness),
            // Password and code leave no trace here, not even a keyed one.
            Fingerprint = fingerprints.Of("complete", [token.Id, request.BirthDate, request.DisplayName,
                $"{request.Declarations.Information} {request.Declarations.Eligibility} {request.Declarations.Capacity}",
                .. acceptances.Select(reference => $"{reference.Kind} {reference.Version} {reference.Sha256}")]),
            BirthDate = DateOnly.ParseExact(request.BirthDate, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            DeclaresInformation = request.Declarations.Information,
            DeclaresEligibility = request.Declarations.Eligibility,
            DeclaresCapacity = request.Declarations.Capacity ?? false,
            Acceptances = acceptances,
            DisplayName = string.IsNullOrWhiteSpace(request.DisplayName) ? null : names.Read(request.DisplayName),
            Language = caller.Language,
            Channel = caller.Channel,
            Network = caller.Network,
        };
    }

    private Problem WithDocuments(Refusal refusal) => Problem.From(refusal).With("documents", RequiredDocumentBody.Of(Required()));

    private IRegistrationGrain Grain(Token token) => grains.GetGrain<IRegistrationGrain>(token.Id);
}

/// <summary>A started attempt; the token only while it may be told.</summary>
internal sealed record StartedRegistration(string Id, string? Token, RegistrationView View)
{
    public override string ToString() => nameof(StartedRegistration);
}

/// <summary>A completed attempt, with the session's token and the mark of who completed it.</summary>
internal sealed record CompletedRegistration(AccountView Account, SessionView Session, string SessionToken, string KnownClient)
{
    public override string ToString() => nameof(CompletedRegistration);
}
