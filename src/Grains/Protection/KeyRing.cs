using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace AiCloud.Protection;

/// <summary>All keys of an installation, loaded once at start. What is under which key: README.md of this folder.</summary>
public sealed class KeyRing
{
    private volatile KeyRingFile _file;
    private volatile KeySet _encryption;
    private readonly FrozenDictionary<(string Root, SecretPurpose Purpose), byte[]> _derived;

    private KeyRing(KeyRingFile file)
    {
        _file = file;
        Lookup = KeySet.From("lookup", file.Lookup);
        _encryption = KeySet.From("encryption", file.Encryption);
        Secrets = KeySet.From("secrets", file.Secrets);
        var pairs = from root in Secrets.Ids from purpose in Enum.GetValues<SecretPurpose>() select (root, purpose);
        _derived = pairs.ToFrozenDictionary(pair => pair, pair => Derive(Secrets[pair.root], pair.purpose));
    }

    internal KeySet Lookup { get; }
    internal KeySet Encryption => _encryption;
    internal KeySet Secrets { get; }

    /// <summary>Reads the ring.</summary>
    /// <exception cref="KeyRingException">Missing, open to others, malformed or incomplete.</exception>
    public static KeyRing Load(string path)
    {
        if (string.IsNullOrWhiteSpace(path)) throw new KeyRingException("no key ring file is named.");
        var file = KeyRingFile.Read(path);
        if (file.Version != KeyRingFile.Format) throw new KeyRingException($"{path} is not a key ring of format {KeyRingFile.Format}.");
        return new KeyRing(file);
    }

    /// <summary>A new ring with one key of each kind.</summary>
    public static KeyRing Generate(IRandomness random)
    {
        KeySetFile Set(string id) => new() { Current = id, Keys = [new KeyFile { Id = id, Key = NewKey(random) }] };
        return new KeyRing(new KeyRingFile { Version = KeyRingFile.Format, Lookup = Set("k1"), Encryption = Set("e1"), Secrets = Set("s1") });
    }

    /// <summary>
    /// This ring and one more key of the kind named, standing by. Every process gets it before any makes something with it; then
    /// comes <see cref="Promote"/>.
    /// </summary>
    public KeyRing Add(RingPart part, IRandomness random) => With(part, set => set with
    {
        Keys = [.. set.Keys, new KeyFile { Id = FreeId(set), Key = NewKey(random) }],
    });

    /// <summary>This ring with the newest key of the kind named as the current one; the old keys stay for what they made.</summary>
    public KeyRing Promote(RingPart part) => With(part, set => set with { Current = set.Keys[^1].Id });

    /// <summary>The epoch that new wraps get.</summary>
    public string CurrentEpoch => Encryption.Current;

    /// <summary>Every epoch, the current one first.</summary>
    public IReadOnlyList<string> Epochs => [.. Encryption.Ids];

    /// <summary>Ids of the keys of one kind, the current one first.</summary>
    public IReadOnlyList<string> Ids(RingPart part) => [.. (part switch { RingPart.Lookup => Lookup, RingPart.Encryption => Encryption, RingPart.Secrets => Secrets }).Ids];

    /// <summary>An epoch that stands by: the newest one, as long as another is current; null when none does.</summary>
    public string? StandsBy => _file.Encryption.Keys[^1].Id is var newest && newest != CurrentEpoch ? newest : null;

    /// <summary>This ring without an epoch. Whatever is wrapped under it is lost with it, in every copy and backup.</summary>
    /// <exception cref="KeyRingException">The epoch is current, or not in the ring.</exception>
    public KeyRing Without(string epoch)
    {
        if (epoch == CurrentEpoch) throw new KeyRingException($"the encryption key \"{epoch}\" is the current one; rotate first.");
        if (Encryption.Find(epoch) is null) throw new KeyRingException($"there is no encryption key \"{epoch}\" in the ring.");
        return With(RingPart.Encryption, set => set with { Keys = [.. set.Keys.Where(key => key.Id != epoch)] });
    }

    /// <summary>
    /// Takes over the epochs of a newer ring while in use. One that left stays in memory until the process ends: an activation may still hold
    /// keys under it, which its next write wraps anew. The other two kinds of key only change with a restart.
    /// </summary>
    /// <returns>Whether lookup and secrets keys are the same; when not, those of <paramref name="newer"/> wait for the restart.</returns>
    /// <exception cref="KeyRingException">The newer ring has another key under a known id.</exception>
    public bool Adopt(KeyRing newer)
    {
        var (mine, theirs) = (CheckValues(), newer.CheckValues());
        if (mine.FirstOrDefault(check => theirs.TryGetValue(check.Key, out var other) && other != check.Value) is { Key: { } changed })
            throw new KeyRingException($"{changed} is another key now than the one in use; the file is not taken over.");
        var left = _file.Encryption.Keys.Where(key => newer.Encryption.Find(key.Id) is null);
        var file = _file with { Encryption = newer._file.Encryption with { Keys = [.. left, .. newer._file.Encryption.Keys] } };
        _encryption = KeySet.From("encryption", file.Encryption);
        _file = file;
        return (Lookup.Current, Secrets.Current) == (newer.Lookup.Current, newer.Secrets.Current)
            && mine.Keys.Union(theirs.Keys).Where(id => !id.StartsWith("encryption.", StringComparison.Ordinal)).All(id => mine.ContainsKey(id) && theirs.ContainsKey(id));
    }

    /// <summary>Writes the ring in place of the file that it was read from, whole or not at all.</summary>
    /// <exception cref="IOException">The file cannot be replaced.</exception>
    public void Replace(string path) => _file.Replace(path);

    /// <summary>Writes the ring to a new file of mode 0600.</summary>
    /// <exception cref="IOException">A file stands there already: it is never overwritten.</exception>
    public void SaveNew(string path) => _file.WriteNew(path);

    /// <summary>
    /// A value per key that proves which key it is without telling anything about it, by "part.id" ("lookup.k1"). The database keeps
    /// them, so that a start with another ring stops before it can write a single row.
    /// </summary>
    public IReadOnlyDictionary<string, string> CheckValues() =>
        new[] { Lookup, Encryption, Secrets }
            .SelectMany(set => set.Ids.Select(id => (Id: $"{set.Name}.{id}", Value: CheckValue(set, id))))
            .ToDictionary(check => check.Id, check => check.Value, StringComparer.Ordinal);

    /// <summary>Which keys are there, not what they are.</summary>
    public override string ToString() => $"KeyRing({string.Join(' ', CheckValues().Keys)})";

    internal string CurrentRoot => Secrets.Current;

    internal byte[] Secret(SecretPurpose purpose) => Secret(purpose, CurrentRoot);

    internal byte[] Secret(SecretPurpose purpose, string root) => FindSecret(purpose, root) ?? throw new KeyRingException($"the secrets key \"{root}\" is needed and not in the ring.");

    internal byte[]? FindSecret(SecretPurpose purpose, string root) => _derived.GetValueOrDefault((root, purpose));

    private static string CheckValue(KeySet set, string id) =>
        Convert.ToHexStringLower(KeyedHash.Compute(set[id], "aicloud key check", set.Name, id).AsSpan(0, 16));

    private static byte[] Derive(byte[] root, SecretPurpose purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, root, KeySet.KeyBytes, info: Encoding.ASCII.GetBytes($"aicloud/1/{(int)purpose}"));

    private KeyRing With(RingPart part, Func<KeySetFile, KeySetFile> change) => new(part switch
    {
        RingPart.Lookup => _file with { Lookup = change(_file.Lookup) },
        RingPart.Encryption => _file with { Encryption = change(_file.Encryption) },
        RingPart.Secrets => _file with { Secrets = change(_file.Secrets) },
    });

    private static string FreeId(KeySetFile set)
    {
        for (var number = set.Keys.Count + 1; ; number++)
        {
            var id = $"{set.Current[0]}{number}";
            if (set.Keys.All(key => key.Id != id)) return id;
        }
    }

    private static string NewKey(IRandomness random)
    {
        Span<byte> key = stackalloc byte[KeySet.KeyBytes];
        random.Fill(key);
        return Convert.ToBase64String(key);
    }
}

/// <summary>The three kinds of key in a ring.</summary>
public enum RingPart
{
    Lookup = 1,
    Encryption = 2,
    Secrets = 3,
}
