namespace AiCloud.Facts;

/// <summary>What the gateway needs for facts.</summary>
internal static class FactsFeature
{
    public static IServiceCollection AddFacts(this IServiceCollection services) => services.AddSingleton<FactsDesk>().AddSingleton<StaffFactsDesk>();
}
