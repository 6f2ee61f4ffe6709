using System.Security.Cryptography;
using AiCloud.Protection;
using Microsoft.Extensions.Options;
using NSec.Cryptography;

namespace AiCloud.Passwords;

/// <summary>
/// Argon2id by libsodium (P-04). A hash costs some 15 ms of one core and the memory set: run it through <see cref="HashingQueue"/>,
/// never in a grain's turn.
/// </summary>
internal sealed class PasswordHasher
{
    private readonly PasswordOptions _options;
    private readonly IRandomness _random;
    private readonly PasswordPepper _pepper;

    public PasswordHasher(IOptions<PasswordOptions> options, IRandomness random, PasswordPepper pepper)
    {
        _options = options.Value;
        _random = random;
        _pepper = pepper;
        Dummy = (Template() with { Hash = Fresh(Phc.HashBytes) }).Write();
    }

    /// <summary>
    /// A hash of no password, with the parameters in force: verified for unknown people, so that their sign-in takes as long as anybody's
    /// and the time does not tell who has an account.
    /// </summary>
    public string Dummy { get; }

    /// <summary>Hashes under the parameters in force, with a fresh salt.</summary>
    public string Hash(Password password)
    {
        var template = Template();
        return (template with { Hash = Derive(password, template) }).Write();
    }

    /// <summary>Whether the password is the one hashed, under the parameters that the hash names.</summary>
    /// <exception cref="FormatException">The stored text is no hash of this service: an error to look into, not a wrong password.</exception>
    /// <exception cref="KeyRingException">The hash needs a pepper that has left the ring.</exception>
    public bool Verify(Password password, string stored)
    {
        var phc = Parse(stored);
        return CryptographicOperations.FixedTimeEquals(Derive(password, phc), phc.Hash);
    }

    /// <summary>Whether a right password is to be hashed anew: parameters or pepper are no longer the ones in force.</summary>
    public bool NeedsRehash(string stored)
    {
        var (phc, now) = (Parse(stored), Template());
        return (phc.MemoryKib, phc.Passes, phc.PepperRoot) != (now.MemoryKib, now.Passes, now.PepperRoot);
    }

    private Phc Template() => new()
    {
        MemoryKib = _options.MemoryKib,
        Passes = _options.Passes,
        PepperRoot = _options.Pepper ? _pepper.CurrentRoot : null,
        Salt = Fresh(Phc.SaltBytes),
        Hash = [],
    };

    private static Phc Parse(string stored) =>
        Phc.TryParse(stored, out var phc) ? phc : throw new FormatException("A stored password hash is not one that this service can verify.");

    private byte[] Derive(Password password, Phc phc)
    {
        var input = password.ToUtf8();
        try
        {
            if (phc.PepperRoot is { } root)
            {
                var plain = input;
                input = _pepper.Apply(root, plain);
                CryptographicOperations.ZeroMemory(plain);
            }
            // NSec counts memory in KiB like the PHC string; libsodium below it counts bytes.
            var argon = new Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = phc.MemoryKib, NumberOfPasses = phc.Passes });
            return argon.DeriveBytes(input, phc.Salt, Phc.HashBytes);
        }
        finally { CryptographicOperations.ZeroMemory(input); }
    }

    private byte[] Fresh(int length)
    {
        var bytes = new byte[length];
        _random.Fill(bytes);
        return bytes;
    }
}
