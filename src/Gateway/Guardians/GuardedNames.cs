using AiCloud.Names;

namespace AiCloud.Guardians;

/// <summary>An account as its guardian sees it, with a name that may be shown.</summary>
internal static class GuardedNames
{
    /// <summary>What the account's actor answered, its name judged as everywhere else.</summary>
    public static async Task<Answer<GuardedAccountView>> Shown(this StoredNames stored, Outcome<GuardedAccountView> outcome, CancellationToken cancellation) =>
        outcome.Value is { } view ? view with { Account = await stored.Check(view.Account, cancellation) } : outcome.Refusal!;
}
