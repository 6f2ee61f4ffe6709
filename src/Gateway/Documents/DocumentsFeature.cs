using AiCloud.Documents.Comparison;
using AiCloud.Documents.Notices;

namespace AiCloud.Documents;

/// <summary>What the gateway needs to show documents and to prove that it did.</summary>
internal static class DocumentsFeature
{
    public static IServiceCollection AddDocuments(this IServiceCollection services)
    {
        services.AddSingleton<DocumentComparisons>().AddSingleton<OwnPages>().AddSingleton<NoticeMetrics>().AddSingleton<NoticeProbe>();
        return services.AddHostedService(provider => provider.GetRequiredService<NoticeProbe>());
    }
}
