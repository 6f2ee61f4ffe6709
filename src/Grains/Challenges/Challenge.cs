namespace AiCloud.Challenges;

/// <summary>A code that was sent and waits for its answer (C2.2b). Only a keyed digest of the code is kept.</summary>
public sealed record Challenge
{
    /// <summary>Keyed digest over session, destination, purpose and code.</summary>
    public required string Digest { get; init; }

    /// <summary>Digits of the code.</summary>
    public required int Length { get; init; }

    /// <summary>When the message left; the code's lifetime runs from here.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>Wrong guesses that the code survives.</summary>
    public required int Guesses { get; init; }

    /// <summary>Wrong guesses made.</summary>
    public int WrongGuesses { get; init; }

    /// <summary>The right answer was given.</summary>
    public bool Answered { get; init; }

    /// <summary>Guesses left.</summary>
    public int GuessesLeft => Math.Max(0, Guesses - WrongGuesses);

    /// <summary>Decides one answer. A right one may come again, since its first reply may have been lost.</summary>
    /// <param name="right">Whether the code matches <see cref="Digest"/>, compared in constant time.</param>
    public (Challenge Next, RefusalCode? Refusal) Answer(bool right, TimeSpan lifetime, DateTimeOffset now)
    {
        if (Answered) return (this, right ? null : RefusalCode.CodeWrong);
        if (now >= SentAt + lifetime) return (this, RefusalCode.CodeExpired);
        if (GuessesLeft == 0) return (this, RefusalCode.CodeAttemptsExhausted); // right or not: guessing must not pay
        return right ? (this with { Answered = true }, null) : (this with { WrongGuesses = WrongGuesses + 1 }, RefusalCode.CodeWrong);
    }
}
