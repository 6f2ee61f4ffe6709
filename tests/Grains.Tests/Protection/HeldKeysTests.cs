using AiCloud.Storage;

namespace AiCloud.Protection;

/// <summary>No state may hide a wrapped key: it would keep its epoch alive, and its rows would become unreadable with it (C-01).</summary>
public sealed class HeldKeysTests
{
    public static TheoryData<string> States => [.. StoredStates.All.Keys.Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(States))]
    public void Every_wrapped_key_of_a_state_is_among_those_it_says_it_holds(string name)
    {
        var type = StoredStates.All[name];
        var members = type.GetProperties().Where(property => property.PropertyType == typeof(WrappedKey)).ToArray();
        Assert.False(Nested(type, []).Any(), $"{type.Name} has a WrappedKey below its own members: let IHoldsKeys.HeldKeys name its path, and this test look there.");
        if (members.Length == 0) return;
        Assert.True(typeof(IHoldsKeys).IsAssignableFrom(type), $"{type.Name} has a WrappedKey; let it implement IHoldsKeys, or its epoch can never be retired.");
        var state = Activator.CreateInstance(type)!;
        foreach (var member in members) member.SetValue(state, new WrappedKey { KekId = member.Name, Bytes = [1] });

        var held = ((IHoldsKeys)state).HeldKeys("id").ToArray();
        Assert.Equal(members.Select(member => member.Name).Order(), held.Select(one => one.Key.KekId).Order());
        Assert.All(held, one => Assert.Equal(one.Path, char.ToLowerInvariant(one.Key.KekId[0]) + one.Key.KekId[1..]));
        Assert.Equal(held.Length, held.Select(one => one.Owner).Distinct().Count());
        Assert.All(held, one => Assert.Contains("id", one.Owner, StringComparison.Ordinal));

        var replaced = ((IHoldsKeys)state).WithKeys(key => key with { Bytes = [2] }).HeldKeys("id");
        Assert.All(replaced, one => Assert.Equal([2], one.Key.Bytes));
    }

    private static IEnumerable<Type> Nested(Type type, HashSet<Type> seen) => type.GetProperties()
        .Select(property => property.PropertyType.IsArray ? property.PropertyType.GetElementType()! : property.PropertyType)
        .Where(member => member.Namespace?.StartsWith("AiCloud", StringComparison.Ordinal) == true && member != typeof(WrappedKey) && seen.Add(member))
        .SelectMany(member => member.GetProperties().Where(property => property.PropertyType == typeof(WrappedKey)).Select(_ => member).Concat(Nested(member, seen)));
}
