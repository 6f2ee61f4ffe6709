using AiCloud.Storage;

namespace AiCloud.Tools;

/// <summary>kubectl, of which only the rendering is used: it asks no cluster.</summary>
internal static class Kubectl
{
    public static async Task<string> Render(string folder)
    {
        try
        {
            return await Shell.Run("kubectl", ["kustomize", folder]);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException("The manifests' tests need kubectl 1.27 or newer on the PATH.");
        }
    }
}
