namespace AiCloud.Problems;

/// <summary>
/// What each foreseen refusal of an actor is called outside. No default arm: a refusal without a problem does not compile (CS8509).
/// </summary>
public static class RefusalProblems
{
    /// <summary>The problem of a refusal.</summary>
    public static ProblemCode Problem(this RefusalCode code) => code switch
    {
        RefusalCode.NotFound => ProblemCode.NotFound,
        RefusalCode.RegistrationExpired => ProblemCode.RegistrationExpired,
        RefusalCode.CodeWrong => ProblemCode.CodeWrong,
        RefusalCode.CodeExpired => ProblemCode.CodeExpired,
        RefusalCode.CodeAttemptsExhausted => ProblemCode.CodeAttemptsExhausted,
        RefusalCode.ResendTooSoon => ProblemCode.ResendTooSoon,
        RefusalCode.SendLimit => ProblemCode.SendLimit,
        RefusalCode.NetworkLimit => ProblemCode.NetworkLimit,
        RefusalCode.NotVerified => ProblemCode.NotVerified,
        RefusalCode.AccountExists => ProblemCode.AccountExists,
        RefusalCode.AlreadyCompleted => ProblemCode.AlreadyCompleted,
        RefusalCode.BirthDateAlreadyStated => ProblemCode.BirthDateAlreadyStated,
        RefusalCode.CompletionInProgress => ProblemCode.CompletionInProgress,
        RefusalCode.DocumentNotInForce => ProblemCode.DocumentNotInForce,
        RefusalCode.AcceptanceMissing => ProblemCode.AcceptanceMissing,
        RefusalCode.DeclarationMissing => ProblemCode.DeclarationMissing,
        RefusalCode.BirthDateInvalid => ProblemCode.BirthDateInvalid,
        RefusalCode.UnderAge => ProblemCode.UnderAge,
        RefusalCode.GuardianRequired => ProblemCode.GuardianRequired,
        RefusalCode.RegistrationRefused => ProblemCode.RegistrationRefused,
        RefusalCode.PrivacyConsentMissing => ProblemCode.PrivacyConsentMissing,
        RefusalCode.IdempotencyKeyReused => ProblemCode.IdempotencyKeyReused,
        RefusalCode.IdempotencyInProgress => ProblemCode.IdempotencyInProgress,
        RefusalCode.CredentialsWrong => ProblemCode.CredentialsWrong,
        RefusalCode.TooManyAttempts => ProblemCode.TooManyAttempts,
        RefusalCode.AccountLimited => ProblemCode.AccountLimited,
        RefusalCode.Busy => ProblemCode.Busy,
        RefusalCode.NotInCheckpoint => ProblemCode.NotInCheckpoint,
        RefusalCode.CheckpointUnderWay => ProblemCode.CheckpointUnderWay,
        RefusalCode.DocumentVersionUsed => ProblemCode.DocumentVersionUsed,
        RefusalCode.DocumentInvalid => ProblemCode.DocumentInvalid,
        RefusalCode.EffectiveTooSoon => ProblemCode.EffectiveTooSoon,
        RefusalCode.DocumentClassTooLow => ProblemCode.DocumentClassTooLow,
        RefusalCode.SecondPersonNeeded => ProblemCode.SecondPersonNeeded,
        RefusalCode.AnotherAnnounced => ProblemCode.AnotherAnnounced,
        RefusalCode.NotADraft => ProblemCode.NotADraft,
        RefusalCode.AlreadyInForce => ProblemCode.AlreadyInForce,
        RefusalCode.ConsentRequired => ProblemCode.ConsentRequired,
        RefusalCode.Forbidden => ProblemCode.Forbidden,
        RefusalCode.SecondFactorRequired => ProblemCode.SecondFactorRequired,
        RefusalCode.ProposalClosed => ProblemCode.ProposalClosed,
        RefusalCode.TwoManagersNeeded => ProblemCode.TwoManagersNeeded,
        RefusalCode.ActivationExpired => ProblemCode.ActivationExpired,
        RefusalCode.TooManyProposals => ProblemCode.TooManyProposals,
        RefusalCode.RolesNotLower => ProblemCode.RolesNotLower,
        RefusalCode.MemberDisabled => ProblemCode.MemberDisabled,
        RefusalCode.TooManyDrafts => ProblemCode.TooManyDrafts,
        RefusalCode.ReauthenticationRequired => ProblemCode.ReauthenticationRequired,
        RefusalCode.SendsPaused => ProblemCode.SendsPaused,
        RefusalCode.SwitchUnknown => ProblemCode.SwitchUnknown,
        RefusalCode.SwitchEndInvalid => ProblemCode.SwitchEndInvalid,
    };
}
