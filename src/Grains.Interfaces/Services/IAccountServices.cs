using AiCloud.Accounts;

namespace AiCloud.Services;

/// <summary>What an account can be used for, as its own user of record asks. Key and proof as with <see cref="IAccountGrain"/>.</summary>
[Alias("aicloud.grain.account-services")]
public interface IAccountServices : IGrainWithStringKey
{
    /// <summary>For each type of service what is missing. Changes nothing and is no act of use.</summary>
    [Alias("weigh")] Task<Outcome<ServiceStanding[]>> Weigh(SessionProof proof, ServiceQuestion[] questions, CancellationToken cancellation = default);
}

/// <summary>One type of service that is asked about.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.service-question")]
public sealed record ServiceQuestion
{
    /// <summary>The type.</summary>
    [Id(0)] public required string ServiceType { get; init; }
    /// <summary>What it needs, in the order of the catalogue.</summary>
    [Id(1)] public required ServiceNeed[] Needs { get; init; }
}

/// <summary>How an account stands towards one type of service.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.service-standing")]
public sealed record ServiceStanding
{
    /// <summary>The type.</summary>
    [Id(0)] public required string ServiceType { get; init; }
    /// <summary>False when services as such are taken away from the account, whatever it has.</summary>
    [Id(1)] public required bool Usable { get; init; }
    /// <summary>Words of the needs that are not met.</summary>
    [Id(2)] public required string[] Missing { get; init; }
}
