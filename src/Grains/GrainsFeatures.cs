using AiCloud.Accounts;
using AiCloud.Challenges;
using AiCloud.Contacts;
using AiCloud.Documents;
using AiCloud.Expiry;
using AiCloud.Endings;
using AiCloud.Guardians;
using AiCloud.Identifiers;
using AiCloud.Identity;
using AiCloud.Ledger;
using AiCloud.Networks;
using AiCloud.PersonalData;
using AiCloud.Protection;
using AiCloud.Reauthentication;
using AiCloud.Registration;
using AiCloud.Staff;
using AiCloud.Switches;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AiCloud;

/// <summary>What the actors need from a silo's services, one line a feature.</summary>
public static class GrainsFeatures
{
    /// <summary>Adds options (validated at start) and services of every feature. The host adds storage, keys and delivery.</summary>
    public static IServiceCollection AddGrainFeatures(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ICompletionSteps, TracedCompletionSteps>();
        services.TryAddSingleton<IContactSteps, TracedContactSteps>();
        services.AddOptions<AccountSecurityOptions>().BindConfiguration(AccountSecurityOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddMetrics();
        services.AddSingleton<RegistrationMetrics>().AddSingleton<DocumentCatalog>().AddSingleton<AccountVault>().AddSingleton<EvidenceKeys>();
        services.AddSingleton<DocumentSeal>().AddSingleton<DocumentMetrics>();
        services.AddSingleton<StaffTokens>().AddSingleton<ExpiryMetrics>().AddSingleton<ExportMetrics>();
        services.AddOptions<StaffOptions>().BindConfiguration(StaffOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RegistrationOptions>().BindConfiguration(RegistrationOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<IdentifierBudgetOptions>().BindConfiguration(IdentifierBudgetOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SessionOptions>().BindConfiguration(SessionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ExpiryOptions>().BindConfiguration(ExpiryOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<LedgerOptions>().BindConfiguration(LedgerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<NetworkOptions>().BindConfiguration(NetworkOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<GuardianMessages>();
        services.AddOptions<EndingOptions>().BindConfiguration(EndingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<GuardianOptions>().BindConfiguration(GuardianOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<DocumentOptions>().BindConfiguration(DocumentOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ChallengeOptions>().BindConfiguration(ChallengeOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ReauthenticationOptions>().BindConfiguration(ReauthenticationOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<DataExportOptions>().BindConfiguration(DataExportOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<Facts.FactsOptions>().BindConfiguration(Facts.FactsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<SwitchBoard>();
        services.AddIdentity();
        return services;
    }
}
