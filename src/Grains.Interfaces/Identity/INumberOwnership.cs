using AiCloud.Identifiers;

namespace AiCloud.Identity;

/// <summary>A phone number that went to somebody else. The same actor as <see cref="IIdentifierGrain"/>.</summary>
[Alias("aicloud.grain.number-ownership")]
public interface INumberOwnership : IGrainWithStringKey
{
    /// <summary>
    /// The number changed hands: it is free at once, and nothing that it carried of its former owner is held against the new one (C2.1d). Repeating it
    /// changes nothing. Of a guardian's contact it takes every place and session with it (<see cref="Guardians.IGuardianContactGrain.LostWards"/>). A number that is another account's by now stays theirs.
    /// </summary>
    [Alias("changed-hands")] Task<Done> ChangedHands(Guid account, CancellationToken cancellation = default);
}
