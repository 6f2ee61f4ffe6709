using System.ComponentModel.DataAnnotations;
using AiCloud.Accounts;
using AiCloud.Challenges;
using AiCloud.Registration;
using AiCloud.Requests;

namespace AiCloud.PasswordResets;

/// <summary>Asks for a new password. Exactly one of phone and email, as method says.</summary>
public sealed record ResetRequest
{
    /// <summary>How the person is reached.</summary>
    [AllowedValues("phone", "email")] public required string Method { get; init; }

    /// <summary>Mobile number, in any usual way to write it.</summary>
    [MaxLength(48), Text(TextRule.Pasted)] public string? Phone { get; init; }

    /// <summary>E-mail address.</summary>
    [MaxLength(320)] public string? Email { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ResetRequest);
}

/// <summary>Asks for a code to a second contact.</summary>
public sealed record SecondCodeRequest
{
    /// <summary>Name of the contact, as the reset lists it.</summary>
    [MaxLength(64), MinLength(1)] public required string Contact { get; init; }
}

/// <summary>Answers the code to the second contact.</summary>
public sealed record SecondVerificationRequest
{
    /// <summary>Id of its challenge.</summary>
    [MaxLength(64)] public required string Challenge { get; init; }

    /// <summary>The digits as received.</summary>
    [MaxLength(32), MinLength(1)] public required string Code { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(SecondVerificationRequest);
}

/// <summary>Sets the new password.</summary>
public sealed record ResetCompletionRequest
{
    /// <summary>The password to be: 8 to 256 code points (C2.2c).</summary>
    [MaxLength(4096), Text(TextRule.Verbatim)] public required string Password { get; init; }

    /// <summary>Id of the second contact's answered challenge; absent where one code is enough.</summary>
    [MaxLength(64)] public string? SecondChallenge { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ResetCompletionRequest);
}

/// <summary>A password reset as whoever began it sees it.</summary>
public sealed record PasswordResetBody
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The reset's token; told once, when it begins.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// Where it stands: <c>code_sent</c>; <c>verified</c> when a password may be set now; <c>second_proof_needed</c> when another contact has to be proven
    /// too or the reset announced; <c>waiting</c> until an announced one is ready; <c>completed</c>.
    /// </summary>
    [AllowedValues("code_sent", "verified", "second_proof_needed", "waiting", "completed")] public required string State { get; init; }

    /// <summary>The contact, masked.</summary>
    public required string Destination { get; init; }

    /// <summary>Digits of the code.</summary>
    public required int CodeLength { get; init; }

    /// <summary>When the code stops working.</summary>
    public required DateTimeOffset CodeExpiresAt { get; init; }

    /// <summary>When the newest message leaves or left.</summary>
    public required DateTimeOffset SendsAt { get; init; }

    /// <summary>From when another code may be asked for.</summary>
    public required DateTimeOffset ResendAllowedAt { get; init; }

    /// <summary>Wrong guesses that the code survives.</summary>
    public required int AttemptsLeft { get; init; }

    /// <summary>When the reset lapses and is erased. A wait goes on: begin anew with the same contact when it is over.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What became of the newest message.</summary>
    [AllowedValues("queued", "handed_over", "number_refused", "unknown")] public required string Delivery { get; init; }

    /// <summary>Other contacts that can be proven too; only where that is needed.</summary>
    public ContactBody[]? Contacts { get; init; }

    /// <summary>From when on an announced reset can be carried out.</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(PasswordResetBody);

    internal static PasswordResetBody Of(ResetView reset) => new()
    {
        Id = reset.Id,
        Token = reset.Token,
        State = StateOf(reset.Standing),
        Destination = reset.Challenge.Destination,
        CodeLength = reset.Challenge.CodeLength,
        CodeExpiresAt = reset.Challenge.CodeExpiresAt,
        SendsAt = reset.Challenge.SendsAt,
        ResendAllowedAt = reset.Challenge.ResendAllowedAt,
        AttemptsLeft = reset.Challenge.AttemptsLeft,
        ExpiresAt = reset.Challenge.ExpiresAt,
        Delivery = RegistrationBody.DeliveryOf(reset.Challenge.Delivery),
        Contacts = reset.Standing is { Others.Length: > 0 } standing ? [.. standing.Others.Select(ContactBody.Of)] : null,
        ReadyAt = reset.Standing?.ReadyAt,
    };

    internal static string StateOf(ResetStanding? standing) => standing switch
    {
        null => "code_sent",
        { Done: true } => "completed",
        { Allowed: true } => "verified",
        { ReadyAt: not null } => "waiting",
        _ => "second_proof_needed",
    };
}

/// <summary>A reset: its challenge, and once that is answered what it is good for.</summary>
internal sealed record ResetView(string Id, string? Token, ChallengeView Challenge, ResetStanding? Standing)
{
    public override string ToString() => nameof(ResetView);
}
