using AiCloud.Storage;

namespace AiCloud.Running;

/// <summary>libfaketime: a process whose own clock is wrong. Found on the machine, or fetched as a package and unpacked without being installed.</summary>
internal static class FakeTime
{
    private static readonly Lazy<Task<string>> Library = new(Find);

    /// <summary>Settings of a process whose clock is off.</summary>
    public static async Task<Dictionary<string, string>> Off(string by) => new()
    {
        ["LD_PRELOAD"] = await Library.Value,
        ["FAKETIME"] = by,
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1", // a wrong clock is set wrong; it does not run differently
    };

    private static async Task<string> Find()
    {
        if (Search("/usr/lib") is { } installed) return installed;
        var folder = Path.Combine(Path.GetTempPath(), "aicloud-faketime");
        if (Directory.Exists(folder) && Search(folder) is { } unpacked) return unpacked;
        Directory.CreateDirectory(folder);
        await Shell.Run("apt-get", ["download", "libfaketime"], folder, TimeSpan.FromMinutes(2));
        foreach (var package in Directory.GetFiles(folder, "*.deb")) await Shell.Run("dpkg", ["-x", package, folder]);
        return Search(folder) ?? throw new InvalidOperationException("The tests of wrong clocks need libfaketime (package faketime).");
    }

    private static string? Search(string folder) =>
        Directory.EnumerateFiles(folder, "libfaketimeMT.so.1", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }).FirstOrDefault();
}
