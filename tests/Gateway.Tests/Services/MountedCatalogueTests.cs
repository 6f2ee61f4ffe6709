using System.Diagnostics.Metrics;
using AiCloud.Protection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static AiCloud.Services.Catalogues;

namespace AiCloud.Services;

/// <summary>
/// Files as a kubelet mounts them from a ConfigMap or a Secret: a link to a link to a folder, of which the inner one is exchanged for another folder's, so that all files of
/// the volume change in one instant and none of them is written.
/// </summary>
public sealed class MountedCatalogueTests : IDisposable
{
    private readonly DirectoryInfo _mount = Directory.CreateTempSubdirectory("aicloud-mount-");
    private int _versions;

    public void Dispose() => _mount.Delete(recursive: true);

    [Fact]
    public void A_catalogue_whose_folder_is_exchanged_behind_a_link_is_taken_over_and_a_broken_one_is_not()
    {
        Exchange(("catalogue.json", File(Type("storage", [Need("email")]))));
        var catalogue = new CatalogueFile(Path("catalogue.json"), new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>(), NullLogger<CatalogueFile>.Instance);
        Assert.Equal(["storage"], catalogue.Current.Types.Select(type => type.Id));
        Exchange(("catalogue.json", File(Type("compute", [Need("phone")]))));
        catalogue.Renew();
        Assert.Equal(["compute"], catalogue.Current.Types.Select(type => type.Id));
        Exchange(("catalogue.json", "{"));
        catalogue.Renew();
        Exchange();
        catalogue.Renew();
        Assert.Equal(["compute"], catalogue.Current.Types.Select(type => type.Id));
        Exchange(("catalogue.json", File(Type("storage", [Need("email")]))));
        catalogue.Renew();
        Assert.Equal(["storage"], catalogue.Current.Types.Select(type => type.Id));
    }

    [Fact]
    public void A_key_ring_behind_links_is_judged_by_its_own_mode_and_not_by_the_links()
    {
        if (OperatingSystem.IsWindows()) return;
        var ring = System.IO.Path.Combine(_mount.FullName, "made.json");
        KeyRing.Generate(new CryptographicRandomness()).SaveNew(ring);
        Exchange(("keys.json", System.IO.File.ReadAllText(ring)));
        var there = System.IO.Path.Combine(_mount.FullName, $"..{_versions}", "keys.json");
        System.IO.File.SetUnixFileMode(there, UnixFileMode.UserRead | UnixFileMode.GroupRead); // 0440, as the manifests mount it
        Assert.NotEmpty(KeyRing.Load(Path("keys.json")).Epochs);
        System.IO.File.SetUnixFileMode(there, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        Assert.Contains("is open to others", Assert.Throws<KeyRingException>(() => KeyRing.Load(Path("keys.json"))).Message, StringComparison.Ordinal);
    }

    private string Path(string name) => System.IO.Path.Combine(_mount.FullName, name);

    private void Exchange(params (string Name, string Text)[] files)
    {
        var folder = Directory.CreateDirectory(Path($"..{++_versions}"));
        foreach (var (name, text) in files)
        {
            System.IO.File.WriteAllText(System.IO.Path.Combine(folder.FullName, name), text);
            if (!System.IO.Path.Exists(Path(name)) && new FileInfo(Path(name)).LinkTarget is null) System.IO.File.CreateSymbolicLink(Path(name), $"..data/{name}");
        }
        // A kubelet renames the new link over the former, which .NET does not do with links to folders; nobody reads in between here.
        if (new DirectoryInfo(Path("..data")).LinkTarget is not null) System.IO.File.Delete(Path("..data"));
        Directory.CreateSymbolicLink(Path("..data"), folder.Name);
    }
}
