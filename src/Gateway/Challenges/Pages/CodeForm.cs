namespace AiCloud.Challenges.Pages;

/// <summary>What the form for a code needs, whatever it is for.</summary>
/// <param name="Challenge">The challenge.</param>
/// <param name="Verify">Where the code goes.</param>
/// <param name="Resend">Where another one is asked for; null where that is not possible.</param>
/// <param name="Id">Id of the challenge.</param>
/// <param name="Operation">Names the act of the form: sent twice, it acts once.</param>
/// <param name="Now">The instant.</param>
internal sealed record CodeForm(ChallengeView Challenge, string Verify, string? Resend, string Id, string Operation, DateTimeOffset Now);
