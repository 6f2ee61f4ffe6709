using System.Collections.Frozen;

namespace AiCloud.Protection;

/// <summary>Keys of one kind by id. The bytes stay inside this folder.</summary>
internal sealed class KeySet
{
    public const int KeyBytes = 32;
    private readonly FrozenDictionary<string, byte[]> _keys;

    private KeySet(string name, string current, FrozenDictionary<string, byte[]> keys)
    {
        Name = name;
        Current = current;
        _keys = keys;
    }

    public string Name { get; }
    public string Current { get; }

    /// <summary>The current id first, then the others.</summary>
    public IEnumerable<string> Ids => _keys.Keys.OrderBy(id => id != Current).ThenBy(id => id, StringComparer.Ordinal);

    /// <summary>Id and key in one, since the ring may be exchanged between two reads of it.</summary>
    public (string Id, byte[] Key) CurrentKey => (Current, _keys[Current]);

    public byte[]? Find(string id) => _keys.GetValueOrDefault(id);

    public byte[] this[string id] => Find(id) ?? throw new KeyRingException($"the {Name} key \"{id}\" is needed and not in the ring.");

    public static KeySet From(string name, KeySetFile? file)
    {
        if (file?.Keys is not { Count: > 0 }) throw new KeyRingException($"the ring holds no {name} key.");
        var keys = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in file.Keys)
        {
            if (entry?.Id is null || !IsId(entry.Id)) throw new KeyRingException($"a {name} key has no id of 1 to 8 characters a-z, 0-9.");
            if (!TryDecode(entry.Key, out var bytes)) throw new KeyRingException($"the {name} key \"{entry.Id}\" is not {KeyBytes} bytes in base64.");
            if (!keys.TryAdd(entry.Id, bytes)) throw new KeyRingException($"the {name} key \"{entry.Id}\" stands twice.");
        }
        if (file.Current is null || !keys.ContainsKey(file.Current)) throw new KeyRingException($"the current {name} key is not in the ring.");
        return new KeySet(name, file.Current, keys.ToFrozenDictionary(StringComparer.Ordinal));
    }

    private static bool IsId(string id) => id.Length is >= 1 and <= 8 && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));

    private static bool TryDecode(string? text, out byte[] bytes)
    {
        bytes = new byte[KeyBytes];
        // Zeros are what a template or a truncated write leaves behind.
        return text is { Length: 44 } && Convert.TryFromBase64String(text, bytes, out var length) && length == KeyBytes && bytes.AsSpan().ContainsAnyExcept((byte)0);
    }
}
