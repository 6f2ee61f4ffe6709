using System.Security.Cryptography;
using AiCloud.Hosting;
using Microsoft.Extensions.Configuration;

namespace AiCloud.Identity;

/// <summary>Which checks a silo starts with (DESIGN §2, fails closed).</summary>
public sealed class IdentityStartTests
{
    [Theory]
    [InlineData(HostMode.Embedded, CheckMode.Development)]
    [InlineData(HostMode.Cluster, CheckMode.None)]
    public void Without_a_setting_a_developer_has_test_persons_and_a_cluster_nobody(HostMode mode, CheckMode check)
    {
        var adapters = Checked(mode, local: true);
        Assert.Equal((check, check), (adapters.Mode, adapters.NumbersMode));
    }

    [Theory, InlineData("Mode"), InlineData("NumbersMode")]
    public void Test_persons_are_refused_where_others_reach_the_process(string setting)
    {
        var refused = Assert.Throws<StartRefusedException>(() => Checked(HostMode.Cluster, local: false, (setting, "Development")));
        Assert.StartsWith($"AiCloud:Identity:{setting}:", refused.Message, StringComparison.Ordinal);
        Assert.Equal(CheckMode.Development, Checked(HostMode.Cluster, local: true, ("Mode", "Development")).Mode);
    }

    [Theory]
    [InlineData("http://checks.example.com/", false)]
    [InlineData("https://user:secret@checks.example.com/", false)]
    [InlineData("ftp://127.0.0.1/", false)]
    [InlineData("/relative", false)]
    [InlineData("https://checks.example.com/v1", true)]
    [InlineData("http://127.0.0.1:9000/", true)]
    public void Names_and_numbers_go_over_https_only(string endpoint, bool accepted)
    {
        var file = Path.Combine(Path.GetTempPath(), $"aicloud-check-{Guid.NewGuid():N}");
        File.WriteAllText(file, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        try
        {
            (string, string)[] settings = [("Mode", "Http"), ("Check:Endpoint", endpoint), ("Check:KeyFile", file)];
            if (accepted) Assert.Equal(CheckMode.Http, Checked(HostMode.Cluster, local: false, settings).Mode);
            else Assert.Contains("AiCloud:Identity:Check:Endpoint", Assert.Throws<StartRefusedException>(() => Checked(HostMode.Cluster, local: false, settings)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory, InlineData(31, false), InlineData(32, true)]
    public void A_key_has_at_least_32_bytes(int bytes, bool accepted)
    {
        var file = Path.Combine(Path.GetTempPath(), $"aicloud-check-{Guid.NewGuid():N}");
        File.WriteAllText(file, Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes)) + "\n");
        try
        {
            (string, string)[] settings = [("Mode", "Http"), ("Check:Endpoint", "https://checks.example.com/"), ("Check:KeyFile", file)];
            if (accepted) Checked(HostMode.Cluster, local: false, settings);
            else Assert.Contains("KeyFile", Assert.Throws<StartRefusedException>(() => Checked(HostMode.Cluster, local: false, settings)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static IdentityAdapterOptions Checked(HostMode mode, bool local, params (string Key, string Value)[] settings) =>
        IdentityAdaptersFeature.Checked(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"AiCloud:Identity:{setting.Key}", (string?)setting.Value))).Build(), mode, local);
}
