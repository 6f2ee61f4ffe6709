using AiCloud.Consent;
using AiCloud.Documents;
using AiCloud.Guardians;

namespace AiCloud.Accounts;

/// <summary>
/// What an account may not do now, and why. Every reason for taking a function away meets here, so that sessions, acts of use and other services
/// are told the same. Pure.
/// </summary>
internal sealed class AccountLimits
{
    /// <summary>Functions that nothing takes away: a person can always read, decide, secure the account and leave.</summary>
    public static IReadOnlyList<string> Always => Purposes.Always;

    /// <summary>Functions of the account itself beyond <see cref="Always"/>; those of other services are theirs to name.</summary>
    private static readonly string[] Own = [ActsOfUse.AccountChange, Contacts];

    /// <summary>Adding and removing contacts; no act of use.</summary>
    public const string Contacts = "contacts";

    private readonly IReadOnlyList<AccountLimit> _limits;

    private AccountLimits(IReadOnlyList<AccountLimit> limits) => _limits = limits;

    public bool None => _limits.Count == 0;

    /// <summary>A missing consent narrows what the person agreed to; it says nothing against the account.</summary>
    public AccountStanding Standing => _limits.Any(limit => limit.Why != RefusalCode.ConsentRequired) ? AccountStanding.Limited : AccountStanding.Good;

    /// <summary>Everything that a session of the account may still do.</summary>
    public string[] Allowed => [.. Always.Concat(Own).Where(function => Refuse(function) is null)];

    public static AccountLimits Of(AccountState state, DocumentSet published, DateTimeOffset now) => Of(state, Purposes.Of(state, published, now), now);

    public static AccountLimits Of(AccountState state, IReadOnlyList<ConsentView> consents, DateTimeOffset now) => new([.. Reasons(state, consents, now)]);

    /// <summary>Why a function may not be used; null when it may. Of several reasons the first that the person can mend by deciding comes first.</summary>
    public RefusalCode? Refuse(string function) => Always.Contains(function) ? null
        : _limits.FirstOrDefault(limit => limit.Function is null || limit.Function == function)?.Why;

    // One line for each feature that can take functions away.
    private static IEnumerable<AccountLimit> Reasons(AccountState state, IReadOnlyList<ConsentView> consents, DateTimeOffset now) =>
    [
        .. Purposes.Limits(consents).Select(function => new AccountLimit(function, RefusalCode.ConsentRequired)),
        .. state.Numbers is { ContactlessSince: not null } ? [new AccountLimit(null, RefusalCode.AccountLimited)] : Array.Empty<AccountLimit>(),
        .. Wards.Limits(state, now),
        .. Endings.AccountEndings.Limits(state),
        .. Facts.FactMarks.Restricted(state, now).Select(fact => new AccountLimit(Facts.FactMarks.FunctionOf(fact), RefusalCode.AccountLimited)),
    ];
}

/// <summary>One function that may not be used, or all of them.</summary>
/// <param name="Function">The function; null takes away everything that can be.</param>
/// <param name="Why">What the caller is answered.</param>
internal sealed record AccountLimit(string? Function, RefusalCode Why);
