using System.Globalization;
using System.Text.RegularExpressions;
using AiCloud.Storage;

namespace AiCloud.Tools;

/// <summary>kubectl, of which only the rendering is used: it asks no cluster. From the PATH when new enough, or out of Debian's package.</summary>
internal static partial class Kubectl
{
    // The first whose kustomize reads what the overlays are written in.
    private const int Oldest = 27;

    private static readonly Lazy<Task<string>> Found = new(Find);

    public static async Task<string> Render(string folder) => await Shell.Run(await Found.Value, ["kustomize", folder]);

    private static async Task<string> Find()
    {
        foreach (var program in DebianTool.OnPath("kubectl"))
            if (await IsNewEnough(program)) return program;
        return await DebianTool.Find("kubectl") ?? throw new InvalidOperationException($"The manifests' tests need kubectl 1.{Oldest} or newer on the PATH.");
    }

    private static async Task<bool> IsNewEnough(string program)
    {
        try
        {
            var version = Version().Match(await Shell.Run(program, ["version", "--client"]));
            return version.Success && int.Parse(version.Groups[1].Value, CultureInfo.InvariantCulture) >= Oldest;
        }
        catch (Exception broken) when (broken is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return false; // a link on the PATH that outlived its package, for instance
        }
    }

    [GeneratedRegex(@"v1\.(\d+)\.")]
    private static partial Regex Version();
}
