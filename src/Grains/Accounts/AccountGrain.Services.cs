using AiCloud.Consent;
using AiCloud.Facts;
using AiCloud.Services;

namespace AiCloud.Accounts;

/// <summary>What the account can be used for (C2.1e): yes or no, never a fact itself (C2.4b).</summary>
internal sealed partial class AccountGrain : IAccountServices
{
    public async Task<Outcome<UseAnswer>> Use(UseReport report, CancellationToken cancellation)
    {
        Named(report.ServiceType);
        Named(report.Operation);
        if (!await IsOpen(owned: false, cancellation)) return RefusalCode.NotFound;
        var (published, now) = (await documents.Get(cancellation), clock.GetUtcNow());
        var consents = Purposes.Of(State, published, now);
        var limits = AccountLimits.Of(State, consents, now);
        var missing = FactsNow(limits, now).Missing(report.Needs);
        // A reason may name one function of a service, or all services at once.
        var allowed = missing.Length == 0 && limits.Refuse(report.Operation) is null && limits.Refuse(ActsOfUse.ServiceUse) is null;
        if (report.Used && allowed)
        {
            var by = new AcceptanceEvidence(State.Locale, "service", $"service:{report.ServiceType}/{report.Operation}", 0);
            await Keep(stored, Used(State, ActsOfUse.ServiceUse, by, published, now));
        }
        return new UseAnswer
        {
            Standing = limits.Standing,
            Allowed = allowed,
            NoticeDue = Notices.Due(State, published, now),
            ConsentDue = Purposes.Due(consents),
            Missing = missing,
        };
    }

    public Task<Outcome<ServiceStanding[]>> Weigh(SessionProof proof, ServiceQuestion[] questions, CancellationToken cancellation) => Signed<ServiceStanding[]>(proof, async _ =>
    {
        var (published, now) = (await documents.Get(cancellation), clock.GetUtcNow());
        var limits = AccountLimits.Of(State, published, now);
        var facts = FactsNow(limits, now);
        var usable = limits.Refuse(ActsOfUse.ServiceUse) is null;
        return questions.Select(question => new ServiceStanding { ServiceType = question.ServiceType, Usable = usable, Missing = facts.Missing(question.Needs) }).ToArray();
    }, cancellation);

    private AccountFacts FactsNow(AccountLimits limits, DateTimeOffset now) => new(State, () => vault.BirthDate(Id, State), limits, now);

    // It goes into evidence as it stands, so it must not be a place for other things.
    private static void Named(string word)
    {
        if (word.Length is 0 or > 64 || !word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.'))
            throw new ArgumentException("A service type or operation is 1 to 64 of a-z, 0-9, hyphen, underscore and dot.", nameof(word));
    }
}
