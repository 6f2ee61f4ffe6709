using System.Text.Json;
using AiCloud.Live;
using AiCloud.Probe;

namespace AiCloud.Staff;

/// <summary>How the first two members come in, and that nobody does so later.</summary>
public sealed class BootstrapTests
{
    [Fact]
    public async Task Without_settings_two_members_are_made_with_tokens_in_a_file_for_this_user_alone()
    {
        var folder = Directory.CreateTempSubdirectory("aicloud-staff-").FullName;
        string text;
        await using (var first = await LiveGateway.Start(folder, null))
        {
            var file = Path.Combine(folder, "staff-tokens.json");
            text = await File.ReadAllTextAsync(file);
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            foreach (var token in Tokens(text)) (await first.Get("/v1/staff/members", token)).Is(200);
            Assert.Equal(2, Tokens(text).Distinct().Count());
            Assert.DoesNotContain(first.Log.Lines, line => Tokens(text).Any(token => line.Contains(token, StringComparison.Ordinal)));
            File.Delete(file);
        }
        await using (var second = await LiveGateway.Start(folder, null))
        {
            Assert.False(File.Exists(Path.Combine(folder, "staff-tokens.json"))); // two exist: nobody is made, nothing is written
            (await second.Get("/v1/staff/me", Tokens(text)[0])).Is(200);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Whoever_sets_the_settings_of_a_later_start_gains_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("aicloud-staff-").FullName;
        await using (var first = await LiveGateway.Start(folder, null, StaffGateway.Settings)) (await first.Get("/v1/staff/me", StaffGateway.Alpha)).Is(200);
        await using (var attacked = await LiveGateway.Start(folder, null,
            ("AiCloud:Staff:Bootstrap:0:Name", "Alpha"), ("AiCloud:Staff:Bootstrap:0:Token", "attackers-token"),
            ("AiCloud:Staff:Bootstrap:1:Name", "Beta"), ("AiCloud:Staff:Bootstrap:1:Token", StaffGateway.Beta)))
        {
            await (await attacked.Get("/v1/staff/me", "attackers-token")).Problem(404, "not_found");
            Assert.Equal(2, (await attacked.Get("/v1/staff/members", StaffGateway.Alpha)).Is(200).Json.GetArrayLength());
            Assert.Single(attacked.Log.Lines, line => line.Contains("Bootstrap of staff has ended", StringComparison.Ordinal));
            Assert.DoesNotContain(attacked.Log.Lines, line => line.Contains("attackers-token", StringComparison.Ordinal));
        }
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("AiCloud:Staff:Bootstrap:0:Token", "not a token", "AiCloud:Staff:Bootstrap:0:Token")]
    [InlineData("AiCloud:Staff:Bootstrap:0:Token", "", "AiCloud:Staff:Bootstrap:0:Token")]
    [InlineData("AiCloud:Staff:Bootstrap:1:Token", StaffGateway.Alpha, "AiCloud:Staff:Bootstrap:1:Token")]
    [InlineData("AiCloud:Staff:Bootstrap:1:Name", " ", "AiCloud:Staff:Bootstrap:1:Name")]
    [InlineData("AiCloud:Staff:TokenLifetime", "00:14:59", "AiCloud:Staff:TokenLifetime")]
    [InlineData("AiCloud:Staff:TokenLifetime", "90.00:00:01", "AiCloud:Staff:TokenLifetime")]
    public async Task A_setting_that_cannot_be_is_refused_by_name_and_never_repeated(string key, string value, string named)
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => LiveGateway.Start([.. StaffGateway.Settings, (key, value)]));
        if (refused is Hosting.StartRefusedException) Assert.StartsWith(named, refused.Message, StringComparison.Ordinal);
        else Assert.Contains(named.Split(':')[^1], refused.Message, StringComparison.Ordinal);
        if (value.Length > 1) Assert.DoesNotContain(value, refused.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("fifteen-letters", true), InlineData("sixteen--letters", false)]
    public void Outside_the_embedded_mode_a_token_has_sixteen_characters(string token, bool refused)
    {
        var options = new StaffOptions { Bootstrap = { new StaffSeed { Name = "A", Token = token } } };
        if (refused) Assert.Throws<Hosting.StartRefusedException>(() => StaffSeeds.Read(options, Hosting.HostMode.Cluster, null));
        else Assert.Null(StaffSeeds.Read(options, Hosting.HostMode.Cluster, null).MadeIn);
        StaffSeeds.Read(options, Hosting.HostMode.Embedded, null);
    }

    [Fact]
    public async Task Where_a_second_factor_is_asked_for_a_token_without_one_is_refused_in_so_many_words()
    {
        await using var gateway = await LiveGateway.Start([.. StaffGateway.Settings, ("AiCloud:Staff:RequireSecondFactor", "true")]);
        await (await gateway.Get("/v1/staff/me", StaffGateway.Alpha)).Problem(403, "second_factor_required");
        await (await gateway.Get("/v1/staff/members", StaffGateway.Alpha)).Problem(403, "second_factor_required");
        await (await gateway.Get("/v1/staff/me", "unknown")).Problem(404, "not_found");
    }

    private static string[] Tokens(string file) =>
        [.. JsonDocument.Parse(file).RootElement.EnumerateArray().Select(seed => seed.GetProperty("token").GetString()!)];
}
