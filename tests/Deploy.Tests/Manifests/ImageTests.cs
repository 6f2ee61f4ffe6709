using System.Text.RegularExpressions;
using AiCloud.Tools;

namespace AiCloud.Manifests;

/// <summary>Both ways to an image keep to what the manifests expect. What is inside is run by <c>scripts/image.sh try</c>.</summary>
public sealed partial class ImageTests
{
    private static readonly string Dockerfile = File.ReadAllText(Repository.At("deploy", "image", "Dockerfile"));
    private static readonly string Script = File.ReadAllText(Repository.At("scripts", "image.py"));

    [Fact]
    public async Task Images_run_as_the_user_that_pods_run_as()
    {
        var user = (await Overlay.Of("small")).Workloads.Select(workload => $"{workload.Pod.SecurityContext.RunAsUser}:{workload.Pod.SecurityContext.RunAsGroup}").Distinct();
        Assert.Equal(user, [UserOfStage().Match(Dockerfile).Groups[1].Value]);
        Assert.Contains($"\"User\": \"{user.Single()}\"", Script, StringComparison.Ordinal);
    }

    [Theory, InlineData("silo"), InlineData("gateway")]
    public async Task Images_open_the_ports_that_pods_name(string name)
    {
        var ports = (await Overlay.Of("small")).Workloads.Single(workload => workload.Name == $"aicloud-{name}").Containers.Single().Ports.Select(port => port.ContainerPort).ToArray();
        Assert.Contains($"EXPOSE {string.Join(' ', ports)}\n", Dockerfile, StringComparison.Ordinal);
        Assert.Contains($"[{string.Join(", ", ports)}]", Script, StringComparison.Ordinal);
    }

    [Fact]
    public void No_stage_begins_with_whatever_is_newest()
    {
        var bases = Base().Matches(Dockerfile).Select(found => found.Groups[1].Value).Where(image => image.Contains('/', StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, bases.Length);
        Assert.All(bases, image => Assert.Matches(@":\d+\.\d+-", image));
        Assert.EndsWith("-chiselled-extra", bases[1], StringComparison.Ordinal);
    }

    // A project that takes a file from elsewhere builds here and not in an image, unless it is copied there and not ignored.
    [Fact]
    public void What_projects_take_from_outside_their_folder_reaches_the_build_of_an_image()
    {
        var projects = Directory.GetFiles(Repository.At("src"), "*.csproj", SearchOption.AllDirectories);
        var taken = projects.SelectMany(project => Outside().Matches(File.ReadAllText(project))).Select(found => found.Groups[1].Value).Distinct().ToArray();
        Assert.Equal(2, taken.Length);
        var ignored = File.ReadAllLines(Repository.At("deploy", "image", "Dockerfile.dockerignore"));
        Assert.All(taken, path =>
        {
            Assert.Contains($"COPY {path} {path}\n", Dockerfile, StringComparison.Ordinal);
            Assert.Contains($"!{path}", ignored);
        });
    }

    [GeneratedRegex(@"Include=""\.\./\.\./([\w/]+)/[^""/]+(?:/\*)?""")]
    private static partial Regex Outside();

    [GeneratedRegex(@"^USER (.+)$", RegexOptions.Multiline)]
    private static partial Regex UserOfStage();

    [GeneratedRegex(@"^FROM (\S+)", RegexOptions.Multiline)]
    private static partial Regex Base();
}
