namespace AiCloud.Services.Pages;

/// <summary>Needs on a page.</summary>
/// <param name="Needs">The needs.</param>
/// <param name="Missing">Words of those that the account does not meet; null where there is no account yet.</param>
/// <param name="Service">Id of the type that has them; null where nobody can do anything about them.</param>
internal sealed record ShownNeeds(IReadOnlyList<DescribedNeed> Needs, IReadOnlyList<string>? Missing, string? Service = null);
