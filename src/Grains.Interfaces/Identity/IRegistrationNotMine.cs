using AiCloud.Registration;

namespace AiCloud.Identity;

/// <summary>"The account with this number is not mine." Key: as <see cref="IRegistrationGrain"/>.</summary>
[Alias("aicloud.grain.registration-not-mine")]
public interface IRegistrationNotMine : IGrainWithStringKey
{
    /// <summary>
    /// Says that the account which has the proven number is somebody else's. Never opens that account: the number leaves it when an authority on numbers
    /// says that it changed hands, and the registration goes on. Repeating it changes nothing.
    /// </summary>
    /// <returns>
    /// The attempt, in state verified; or <see cref="RefusalCode.NumberNotChanged"/>, <see cref="RefusalCode.NumberChangeUnknown"/> with the time until
    /// it may be asked again, <see cref="RefusalCode.NumberCheckUnavailable"/>.
    /// </returns>
    [Alias("not-mine"), ResponseTimeout("00:00:10")] Task<Outcome<RegistrationView>> NotMine(byte[] proof, CancellationToken cancellation = default);
}
