namespace AiCloud;

/// <summary>A foreseen "no": a stable code and the few facts that the caller may be told.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.refusal")]
public sealed record Refusal
{
    /// <summary>Creates a refusal.</summary>
    public Refusal(RefusalCode code, TimeSpan? retryAfter = null, int? attemptsLeft = null)
    {
        Code = code;
        RetryAfter = retryAfter;
        AttemptsLeft = attemptsLeft;
    }

    /// <summary>What stands in the way.</summary>
    [Id(0)] public RefusalCode Code { get; init; }

    /// <summary>When asking again can help; null when time alone changes nothing.</summary>
    [Id(1)] public TimeSpan? RetryAfter { get; init; }

    /// <summary>How many guesses the code in force still survives (C2.2b).</summary>
    [Id(2)] public int? AttemptsLeft { get; init; }
}

/// <summary>
/// Every foreseen refusal of an actor. The gateway maps each to a status and a stable snake_case code (the member's name, API.md).
/// Numbers are part of the wire contract: never renumbered, never reused.
/// </summary>
public enum RefusalCode
{
    /// <summary>No such thing, or not for this token: both answer alike.</summary>
    NotFound = 1,
    /// <summary>The registration lapsed or was erased (C2.2b).</summary>
    RegistrationExpired = 2,
    /// <summary>The code was wrong; a try is spent (C2.2b).</summary>
    CodeWrong = 3,
    /// <summary>The code is older than its lifetime (C2.2b).</summary>
    CodeExpired = 4,
    /// <summary>The code survived its number of wrong tries and is void (C2.2b).</summary>
    CodeAttemptsExhausted = 5,
    /// <summary>The cool-down between two sends has not passed (C2.2b).</summary>
    ResendTooSoon = 6,
    /// <summary>This contact's sends of the hour or the day are spent.</summary>
    SendLimit = 7,
    /// <summary>This network's starts are spent.</summary>
    NetworkLimit = 8,
    /// <summary>The contact is not proven yet.</summary>
    NotVerified = 9,
    /// <summary>The proven contact already has an open account.</summary>
    AccountExists = 10,
    /// <summary>This registration is already an account.</summary>
    AlreadyCompleted = 11,
    /// <summary>Another birth date was stated before in this registration (C2.1a).</summary>
    BirthDateAlreadyStated = 12,
    /// <summary>Another completion of this registration is under way.</summary>
    CompletionInProgress = 13,
    /// <summary>A version or digest named is not the one in force (C0.1).</summary>
    DocumentNotInForce = 14,
    /// <summary>A required document was not accepted (C0.1, C2.2d).</summary>
    AcceptanceMissing = 15,
    /// <summary>A declaration was not made (C2.1c-e).</summary>
    DeclarationMissing = 16,
    /// <summary>The birth date cannot be one.</summary>
    BirthDateInvalid = 17,
    /// <summary>Below 16 (C2.1a): refused, the attempt is erased.</summary>
    UnderAge = 18,
    /// <summary>16 or 17 (C2.1b): a guardian must take part.</summary>
    GuardianRequired = 19,
    /// <summary>Not eligible (C2.1d); says no more.</summary>
    RegistrationRefused = 20,
    /// <summary>Consent to the privacy agreement is missing (C0.2).</summary>
    PrivacyConsentMissing = 21,
    /// <summary>The same Idempotency-Key was used with another body.</summary>
    IdempotencyKeyReused = 22,
    /// <summary>The first call with this Idempotency-Key is still running.</summary>
    IdempotencyInProgress = 23,
    /// <summary>Identifier and password do not open an account; says no more.</summary>
    CredentialsWrong = 24,
    /// <summary>Too many failed sign-ins from here.</summary>
    TooManyAttempts = 25,
    /// <summary>The session's scope does not cover the call.</summary>
    AccountLimited = 26,
    /// <summary>The service cannot take this up now.</summary>
    Busy = 27,
    /// <summary>The account's chain is in no checkpoint yet; the next one, within the hour, covers it.</summary>
    NotInCheckpoint = 45,
    /// <summary>The next checkpoint is being taken.</summary>
    CheckpointUnderWay = 46,
    /// <summary>The version label was used before within the kind, be it by a withdrawn version (C2.5a).</summary>
    DocumentVersionUsed = 50,
    /// <summary>A language is missing, the texts are too long, or a member cannot be read.</summary>
    DocumentInvalid = 51,
    /// <summary>The period between announcement and force is shorter than 7 times 24 hours (C2.5b) or longer than 365 days.</summary>
    EffectiveTooSoon = 52,
    /// <summary>The processing table widens, so that the class must be processing (L-04).</summary>
    DocumentClassTooLow = 53,
    /// <summary>The act needs another member of staff than the one who proposed it (C2.5a).</summary>
    SecondPersonNeeded = 54,
    /// <summary>Another version of the kind is announced and not in force yet.</summary>
    AnotherAnnounced = 55,
    /// <summary>The version is no draft any more.</summary>
    NotADraft = 56,
    /// <summary>The version is in force already: only a new version can change it.</summary>
    AlreadyInForce = 57,
    /// <summary>The member of staff lacks the role that the call needs; noted in the audit.</summary>
    Forbidden = 28,
    /// <summary>The token was issued without the second factor that the installation asks for.</summary>
    SecondFactorRequired = 29,
    /// <summary>The proposal was decided or lapsed.</summary>
    ProposalClosed = 32,
    /// <summary>Fewer than two members who can manage would be left.</summary>
    TwoManagersNeeded = 33,
    /// <summary>The halves of an activation came later than its window.</summary>
    ActivationExpired = 34,
    /// <summary>Too many proposals of this member are open, or too many members exist.</summary>
    TooManyProposals = 35,
    /// <summary>More roles need a proposal and a second person.</summary>
    RolesNotLower = 36,
    /// <summary>The member was ended.</summary>
    MemberDisabled = 37,
    /// <summary>Too many drafts of this kind wait to be announced or withdrawn.</summary>
    TooManyDrafts = 38,
    /// <summary>The function needs a purpose of processing that is not consented to (C2.5c).</summary>
    ConsentRequired = 40,
    /// <summary>The act needs full re-authentication, and the session's last one is too old (S-06).</summary>
    ReauthenticationRequired = 100,
    /// <summary>Somebody said "this was not me" a short while ago, and changes are stopped.</summary>
    AccountProtected = 101,
    /// <summary>The account has as many contacts as it may have.</summary>
    TooManyContacts = 102,
    /// <summary>The contact is the account's already.</summary>
    ContactYours = 103,
    /// <summary>The proven contact belongs to another account.</summary>
    ContactTaken = 104,
    /// <summary>The proven contact was given up by another account a short while ago and is kept for it.</summary>
    ContactReserved = 105,
    /// <summary>A registration with the contact is being completed.</summary>
    ContactBusy = 106,
    /// <summary>One contact is left at least.</summary>
    LastContact = 107,
    /// <summary>A change of the birth date that crosses 16 or 18 needs an ID proof, and so does any after one (C2.1a).</summary>
    BirthDateNeedsProof = 108,
    /// <summary>The name cannot be shown: its characters, or whom it impersonates (L-12).</summary>
    DisplayNameRefused = 109,
    /// <summary>A second proof is needed, or a wait.</summary>
    SecondProofNeeded = 110,
    /// <summary>As many contacts or passwords as may be changed in a day were changed; each is told to every contact (O-04).</summary>
    TooManyChanges = 111,
    /// <summary>No copy of what is held is made so soon after a contact or the password changed (L-17).</summary>
    ExportTooSoon = 180,
    /// <summary>So many copies of what is held were made in the last 24 hours.</summary>
    ExportLimit = 181,
    /// <summary>The copy was erased at its time.</summary>
    ExportExpired = 182,
    /// <summary>The copy is not made yet, or could not be made.</summary>
    ExportNotReady = 183,
    /// <summary>Staff stopped messages of this kind (docs/runbooks/switches.md).</summary>
    SendsPaused = 60,
    /// <summary>There is no such switch, or its reason is missing or too long.</summary>
    SwitchUnknown = 61,
    /// <summary>A switch ends in the future and at most 24 hours ahead.</summary>
    SwitchEndInvalid = 62,
    /// <summary>The service was ended and gets no token any more.</summary>
    ServiceClientEnded = 400,
    /// <summary>Too many tokens of the service work already.</summary>
    TooManyServiceTokens = 401,
    /// <summary>Too many services exist.</summary>
    TooManyServiceClients = 402,
    /// <summary>No identity check is configured, or the privacy agreement in force says nothing of one.</summary>
    IdentityUnavailable = 300,
    /// <summary>The purpose of the identity check is not consented to by its own box (L-09).</summary>
    IdentityConsentMissing = 301,
    /// <summary>A check is under way and not answered yet.</summary>
    IdentityPending = 302,
    /// <summary>The certificate's number holds another birth date than was stated (A5).</summary>
    BirthDateMismatch = 303,
    /// <summary>The number did not change hands: the account that has it keeps it.</summary>
    NumberNotChanged = 304,
    /// <summary>Nobody knows yet whether the number changed hands: it may be asked again after the wait.</summary>
    NumberChangeUnknown = 305,
    /// <summary>Whoever knows about numbers did not answer.</summary>
    NumberCheckUnavailable = 306,
    /// <summary>The number was not used for so long that it may be somebody else's, and nobody confirms that it is not: a matter for customer service.</summary>
    NumberUnconfirmed = 307,
    /// <summary>The guardian's contact is one of the minor's own (C2.1b).</summary>
    GuardianContactSame = 130,
    /// <summary>No more invitations of a guardian now: of this attempt, or to this contact.</summary>
    GuardianLimit = 131,
    /// <summary>The guardian has not answered yet (C2.1b).</summary>
    GuardianPending = 132,
    /// <summary>No guardian is needed, or one stands.</summary>
    GuardianNotNeeded = 133,
    /// <summary>The invitation lapsed, was taken back or was answered otherwise.</summary>
    InvitationExpired = 134,
    /// <summary>The guardian has to prove a phone number of their own.</summary>
    GuardianPhoneNeeded = 135,
    /// <summary>The contact answers for as many minors as it may.</summary>
    WardLimit = 136,
    /// <summary>Of age since: the documents in force have to be accepted in one's own name first (C2.1b).</summary>
    OwnAcceptanceRequired = 137,
    /// <summary>The guardian has to pass the identity check first (C2.1b).</summary>
    GuardianIdentityNeeded = 138,
    /// <summary>Whoever would be the guardian is below 18 (C2.1b).</summary>
    GuardianNotAdult = 139,
    /// <summary>The name is another than the one that the identity check proved.</summary>
    GuardianNameDiffers = 140,
    /// <summary>The account cannot be ended so soon after a contact or the password changed, or after another guardian was named.</summary>
    EndingTooSoon = 141,
    /// <summary>The guardian was told that the minor cannot reach them, and still has time to object (C2.1b).</summary>
    GuardianWait = 142,
    /// <summary>The privacy agreement in force says nothing of guardians' data: nobody is asked for any (L-03).</summary>
    GuardiansUnavailable = 149,
    /// <summary>The account has no such fact.</summary>
    FactNotHeld = 410,
    /// <summary>The fact is marked already.</summary>
    FactAlreadyMarked = 411,
    /// <summary>The mark has ended.</summary>
    FactMarkClosed = 412,
    /// <summary>The mark was objected to before.</summary>
    AlreadyContested = 413,
    /// <summary>No objection waits for an answer.</summary>
    NothingContested = 414,
}
