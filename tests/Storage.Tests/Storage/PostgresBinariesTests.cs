namespace AiCloud.Storage;

public sealed class PostgresBinariesTests
{
    [Fact]
    public async Task A_link_on_the_path_that_outlived_its_package_is_no_PostgreSQL_and_hides_none()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        var (folder, path) = (Directory.CreateTempSubdirectory("aicloud-test-path-"), Environment.GetEnvironmentVariable("PATH"));
        foreach (var program in new[] { "initdb", "pg_ctl" }) File.CreateSymbolicLink(Path.Combine(folder.FullName, program), "/nowhere/at/all");
        Environment.SetEnvironmentVariable("PATH", $"{folder.FullName}{Path.PathSeparator}{path}");
        try
        {
            Assert.NotEqual(folder.FullName, await PostgresBinaries.Find());
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
            folder.Delete(recursive: true);
        }
    }
}
