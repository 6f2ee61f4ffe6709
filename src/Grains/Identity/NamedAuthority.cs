using AiCloud.Documents;
using Microsoft.Extensions.Logging;

namespace AiCloud.Identity;

/// <summary>
/// Asks the authority on numbers only while the privacy agreement in force names it (L-03: who is not in the table is not used). Otherwise nobody knows, as where
/// there is none: the number waits and leaves the house with nobody.
/// </summary>
internal sealed class NamedAuthority(IRecycledNumberCheck authority, DocumentCatalog documents, TimeProvider clock, ILogger<NamedAuthority> log) : IRecycledNumberCheck
{
    /// <summary>Whether a question would reach anybody.</summary>
    public async Task<bool> Asks(CancellationToken cancellation) =>
        authority is not NoRecycledNumberCheck && (await documents.Get(cancellation)).HasPurpose(ProcessingPurposes.NumberStanding, clock.GetUtcNow());

    public async Task<NumberStanding> Ask(NumberQuestion question, CancellationToken cancellation)
    {
        var (published, now) = (await documents.Get(cancellation), clock.GetUtcNow());
        if (published.InForce(DocumentCatalog.PrivacyKind, now) is null) return NumberStanding.Later; // not read yet
        if (published.HasPurpose(ProcessingPurposes.NumberStanding, now)) return await authority.Ask(question, cancellation);
        log.AuthorityNotNamed(ProcessingPurposes.NumberStanding);
        return NumberStanding.Unknown;
    }
}

internal static partial class Log
{
    [LoggerMessage(4421, LogLevel.Warning, "The authority on numbers was not asked: the privacy agreement in force has no row {Purpose}. A claimed number waits as where there is no authority")]
    public static partial void AuthorityNotNamed(this ILogger log, string purpose);
}
