using System.ComponentModel.DataAnnotations;

namespace AiCloud.Passwords;

/// <summary>Rules for passwords (C2.2c) and the cost of hashing them. Section <c>AiCloud:Passwords</c>.</summary>
public sealed class PasswordOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Passwords";

    /// <summary>Weakest pairs of memory (KiB) and passes that OWASP names for Argon2id with one lane.</summary>
    private static readonly (int MemoryKib, int Passes)[] Floors = [(47104, 1), (19456, 2), (12288, 3), (9216, 4), (7168, 5)];

    /// <summary>Fewest code points, 8 to 15. NIST SP 800-63B-4 asks 15 of passwords that sign in alone; every one more loses some people at sign-up.</summary>
    [Range(8, 15)] public int MinimumLength { get; set; } = 8;

    /// <summary>Most code points, 128 to 1024. Too low shuts out generated passphrases; the ceiling bounds the work of normalising.</summary>
    [Range(128, 1024)] public int MaximumLength { get; set; } = 256;

    /// <summary>Words of the product that no password may contain, beside those built in (caih, aicloud, 云).</summary>
    public IList<string> OwnWords { get; } = [];

    /// <summary>
    /// Argon2id memory in KiB, at most 131072. With <see cref="Passes"/> at least one of OWASP's pairs: below, a stolen database is guessed
    /// too cheaply; too high, sign-ins per second and memory (this times <see cref="Threads"/>) suffer. After a change of either, accounts answer a wrong
    /// password in the former time until their owner next signs in, which tells that they exist: change them rarely.
    /// </summary>
    [Range(7168, Phc.MaximumMemoryKib)] public int MemoryKib { get; set; } = 19456;

    /// <summary>Argon2id passes, 1 to 10.</summary>
    [Range(1, Phc.MaximumPasses)] public int Passes { get; set; } = 2;

    /// <summary>
    /// Whether passwords go through HMAC under the key ring's current secrets root before hashing. A stolen database alone is then worthless;
    /// but a root may leave the ring only after every account that has it signed in again, and other tools cannot verify the hashes.
    /// </summary>
    public bool Pepper { get; set; }

    /// <summary>Threads that hash, at most 64; 0 for one less than the cores, and two on two. More than cores only make each hash, and everybody else, take longer.</summary>
    [Range(0, 64)] public int Threads { get; set; }

    /// <summary>
    /// Hashes that may wait, 1 to 10000; one more is answered 503 at once. At 15 ms a hash, 64 on one thread wait a second; a longer
    /// queue only hashes for people who have given up.
    /// </summary>
    [Range(1, 10_000)] public int QueueLength { get; set; } = 64;

    /// <summary>Refuses parameters below every pair that OWASP names.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Floors.Any(floor => MemoryKib >= floor.MemoryKib && Passes >= floor.Passes))
            yield return new ValidationResult($"{Section}: {MemoryKib} KiB with {Passes} passes is weaker than Argon2id may be; for instance 19456 KiB needs 2 passes.");
        if (OwnWords.Any(word => PasswordRules.Squeeze(word).Length == 0))
            yield return new ValidationResult($"{Section}:OwnWords: an entry without letters or digits would refuse every password.");
    }
}
