using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiCloud.Storage;

namespace AiCloud.Protection;

/// <summary>
/// A row of <c>state</c> as key commands see it: its wrapped keys and nothing else. What it holds beside, members that only a newer release
/// knows included, stays byte for byte what it was.
/// </summary>
internal sealed record KeyedRow(string Key, string Name, string Service, int Version, byte[] Payload)
{
    private const int Header = 20;

    /// <summary>Names of the states that say they hold keys.</summary>
    public static IReadOnlyList<string> Holders { get; } =
        [.. StoredStates.All.Where(state => typeof(IHoldsKeys).IsAssignableFrom(state.Value)).Select(state => state.Key).Order(StringComparer.Ordinal)];

    /// <summary>Every wrapped key of the row; none when the state is not one that holds keys.</summary>
    public IReadOnlyList<HeldKey> HeldKeys() =>
        StoredStates.All.TryGetValue(Name, out var type) && typeof(IHoldsKeys).IsAssignableFrom(type)
            && JsonSerializer.Deserialize(Payload.AsSpan(Header), type, HeaderedStateSerializer.Json) is IHoldsKeys holder ? [.. holder.HeldKeys(Key)] : [];

    /// <summary>The payload with other wraps.</summary>
    public byte[] With(IEnumerable<(HeldKey Held, WrappedKey Fresh)> wraps)
    {
        var json = JsonNode.Parse(Payload.AsSpan(Header))!;
        foreach (var (held, fresh) in wraps)
        {
            var place = held.Path.Split('.').Aggregate(json, (node, step) => (int.TryParse(step, out var index) ? node[index] : node[step])!);
            (place["kekId"], place["bytes"]) = (fresh.KekId, Convert.ToBase64String(fresh.Bytes));
        }
        return [.. Payload.AsSpan(0, Header), .. Encoding.UTF8.GetBytes(json.ToJsonString(HeaderedStateSerializer.Json))];
    }

    /// <summary>Every epoch that a wrapped key anywhere in the row names, and every text that begins with the id of a key.</summary>
    public void Count(KeyDependents dependents)
    {
        dependents.OfText(Name, Key);
        var reader = new Utf8JsonReader(Payload.AsSpan(Header));
        var isEpoch = false;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName) isEpoch = reader.ValueTextEquals("kekId"u8);
            else if (reader.TokenType == JsonTokenType.String && isEpoch) dependents.OfEpoch(Name, reader.GetString()!);
            else if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length < 200) dependents.OfText(Name, reader.GetString()!);
        }
    }
}

/// <summary>What was found to depend on each key.</summary>
internal sealed class KeyDependents(KeyRing ring)
{
    private readonly HashSet<string> _lookup = [.. ring.Ids(RingPart.Lookup)], _secrets = [.. ring.Ids(RingPart.Secrets)];
    private readonly SortedDictionary<(string Key, string State), long> _found = [];

    public long Rows { get; set; }

    public void OfEpoch(string state, string epoch) => Add($"encryption {epoch}", state);

    public void OfText(string state, string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot is <= 0 or > 16) return;
        if (_secrets.Contains(text[..dot])) Add($"secrets {text[..dot]}", state);
        var second = text.IndexOf('.', dot + 1);
        if (second > 0 && _lookup.Contains(text[(dot + 1)..second])) Add($"lookup {text[(dot + 1)..second]}", state);
    }

    /// <summary>Number by state.</summary>
    public IReadOnlyList<(string State, long Number)> On(string key) => [.. _found.Where(found => found.Key.Key == key).Select(found => (found.Key.State, found.Value))];

    /// <summary>Every epoch that anything names.</summary>
    public IEnumerable<string> Epochs => _found.Keys.Select(found => found.Key).Where(key => key.StartsWith("encryption ", StringComparison.Ordinal)).Select(key => key[11..]).Distinct();

    private void Add(string key, string state) => _found[(key, state)] = _found.GetValueOrDefault((key, state)) + 1;
}
