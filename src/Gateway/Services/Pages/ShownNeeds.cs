namespace AiCloud.Services.Pages;

/// <summary>Needs on a page.</summary>
/// <param name="Needs">The needs.</param>
/// <param name="Missing">Words of those that the account does not meet; null where there is no account yet.</param>
internal sealed record ShownNeeds(IReadOnlyList<DescribedNeed> Needs, IReadOnlyList<string>? Missing);
