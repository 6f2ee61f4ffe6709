using AiCloud.Accounts;
using AiCloud.Shredding;

namespace AiCloud.Endings;

/// <summary>When an account ends, whoever decides it: kept first, carried out at its instant, and until then it can be taken back (C2.5d). Pure.</summary>
internal static class AccountEndings
{
    /// <summary>
    /// Decides an ending. One that is decided already stands with its instant: asking again must neither hasten nor delay it. Only another ground that ends the
    /// account sooner takes its place, and always that somebody is below 14 (L-15), at whichever instant is the earlier: that one nobody can take back but by
    /// proving another age, and behind a guardian's it would go with it.
    /// </summary>
    /// <param name="state">The account.</param>
    /// <param name="ground">Why.</param>
    /// <param name="operation">The request's operation.</param>
    /// <param name="wait">How long it can be taken back.</param>
    /// <param name="allowedFrom">From when on it may be decided, after something changed that a thief might have changed; null when nothing stands in its way.</param>
    /// <param name="now">The instant.</param>
    public static (AccountState Next, RefusalCode? Refusal, TimeSpan? RetryAfter) Plan(
        AccountState state, string ground, string operation, TimeSpan wait, DateTimeOffset? allowedFrom, DateTimeOffset now) =>
        state.Planned is { } planned && ground == EndingGrounds.UnderAge && planned.Ground != ground
            ? (state with { Planned = new PlannedEnding(ground, operation, now, planned.At < now + wait ? planned.At : now + wait) }, null, null)
        : state.Planned is { } stands && (stands.Ground == ground || stands.At <= now + wait) ? (state, null, null)
        : allowedFrom is { } from && now < from ? (state, RefusalCode.EndingTooSoon, from - now)
        : (state with { Planned = new PlannedEnding(ground, operation, now, now + wait) }, null, null);

    /// <summary>Takes one back that was decided on a ground; any other stands.</summary>
    public static AccountState TakenBack(AccountState state, string ground) => state.Planned?.Ground == ground ? state with { Planned = null } : state;

    /// <summary>Whether its instant has come: from then on the account answers nothing, whether or not somebody has carried it out yet.</summary>
    public static bool IsDue(AccountState state, DateTimeOffset now) => state is { Phase: AccountPhase.Open, Planned: { } planned } && now >= planned.At;

    /// <summary>While it waits, only what nothing takes away is left: reading, deciding, taking a copy along (C2.5d).</summary>
    public static IEnumerable<AccountLimit> Limits(AccountState state)
    {
        if (state.Planned is not null) yield return new AccountLimit(null, RefusalCode.AccountLimited);
    }

    /// <summary>What the people concerned may see.</summary>
    public static EndingView? View(AccountState state) => state.Planned is { } planned ? new EndingView { Ground = planned.Ground, Since = planned.Since, At = planned.At } : null;
}
