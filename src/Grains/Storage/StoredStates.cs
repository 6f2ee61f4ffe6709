using System.Collections.Frozen;
using System.Reflection;

namespace AiCloud.Storage;

/// <summary>Every state that an actor of this release keeps, by the name that its rows carry.</summary>
public static class StoredStates
{
    /// <summary>Type by name.</summary>
    public static FrozenDictionary<string, Type> All { get; } = typeof(StoredStates).Assembly.GetTypes()
        .SelectMany(type => type.GetConstructors())
        .SelectMany(constructor => constructor.GetParameters())
        .Select(parameter => (parameter.GetCustomAttribute<PersistentStateAttribute>()?.StateName, Type: parameter.ParameterType))
        .Where(found => found.StateName is not null && found.Type.IsGenericType)
        .GroupBy(found => found.StateName!, StringComparer.Ordinal)
        .ToFrozenDictionary(same => same.Key, same => same.First().Type.GetGenericArguments()[0], StringComparer.Ordinal);
}
