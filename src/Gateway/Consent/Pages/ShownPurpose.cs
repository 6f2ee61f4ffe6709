namespace AiCloud.Consent.Pages;

/// <summary>One purpose on a page, and the page to come back to.</summary>
/// <param name="View">The purpose.</param>
/// <param name="Back"><c>changes</c> or <c>consents</c>.</param>
internal sealed record ShownPurpose(ConsentView View, string Back);
