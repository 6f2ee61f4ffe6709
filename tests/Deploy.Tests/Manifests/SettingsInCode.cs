using System.Collections;
using System.Reflection;
using AiCloud.Hosting;

namespace AiCloud.Manifests;

/// <summary>Every setting of the options classes, as its path: <c>AiCloud:Storage:MaxPoolSize</c>; those of a list end in <c>:0</c>.</summary>
internal static class SettingsInCode
{
    public static readonly IReadOnlySet<string> All = Sections().SelectMany(found => Leaves(found.Path, found.Options)).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<(string Path, Type Options)> Sections() =>
        from assembly in new[] { typeof(GatewayHost).Assembly, typeof(AccountsOptions).Assembly, typeof(Registration.RegistrationOptions).Assembly }
        from type in assembly.GetTypes()
        let section = type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string
        where section is not null
        select (section, type);

    private static IEnumerable<string> Leaves(string path, Type options)
    {
        foreach (var member in options.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var (name, type) = ($"{path}:{member.Name}", member.PropertyType);
            if (type.Assembly == options.Assembly && type.IsClass) foreach (var leaf in Leaves(name, type)) yield return leaf;
            else if (type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type)) yield return $"{name}:0";
            else if (member.CanWrite) yield return name;
        }
    }
}
