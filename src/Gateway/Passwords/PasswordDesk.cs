using AiCloud.Identifiers;
using AiCloud.Problems;

namespace AiCloud.Passwords;

/// <summary>Judges, hashes and checks passwords on the bounded executor, never in an actor's turn (DESIGN §7, §8).</summary>
internal sealed class PasswordDesk(PasswordRules rules, PasswordHasher hasher, HashingQueue queue)
{
    /// <summary>What is wrong with a new password whoever's it is, or null.</summary>
    public ProblemCode? Fault(string text, string? displayName) => rules.Check(Password.Read(text), [], displayName)?.Problem();

    /// <summary>The hash of an acceptable new password, or what is wrong with it at <paramref name="pointer"/>.</summary>
    public async Task<Answer<string>> Hash(string pointer, string text, IEnumerable<Identifier> own, string? displayName, CancellationToken cancellation)
    {
        var password = Password.Read(text);
        if (rules.Check(password, own, displayName) is { } fault) return Problem.At(pointer, fault.Problem());
        return queue.TryRun(() => hasher.Hash(password!), cancellation) is { } hashing ? await hashing : Busy();
    }

    /// <summary>
    /// Whether a text is the password behind a stored hash. Without one the same work is done against a dummy, so that an unknown person
    /// costs what a known one costs.
    /// </summary>
    public async Task<Answer<PasswordMatch>> Check(string text, string? stored, CancellationToken cancellation)
    {
        var password = Password.Read(text);
        var verifying = queue.TryRun(() => password is not null && hasher.Verify(password, stored ?? hasher.Dummy), cancellation);
        if (verifying is null) return Busy();
        var matches = await verifying && stored is not null;
        if (!matches || !hasher.NeedsRehash(stored!)) return new PasswordMatch(matches, null);
        // A full queue only postpones the re-hash to the next sign-in.
        var rehashing = queue.TryRun(() => hasher.Hash(password!), cancellation);
        return new PasswordMatch(true, rehashing is null ? null : await rehashing);
    }

    private static Problem Busy() => Problem.Of(ProblemCode.Busy, HashingQueue.RetryAfter);
}

/// <summary>Outcome of a check, with a hash by today's parameters when the stored one is out of date.</summary>
internal sealed record PasswordMatch(bool Matches, string? Rehash)
{
    public override string ToString() => nameof(PasswordMatch);
}
