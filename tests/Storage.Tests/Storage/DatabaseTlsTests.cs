using AiCloud.Tls;
using Dapper;
using Npgsql;

namespace AiCloud.Storage;

/// <summary>TLS to PostgreSQL as docs/process-life.md says to set it: the server's certificate and name are checked.</summary>
public sealed class DatabaseTlsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aicloud-test-pgtls-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Verified_in_full_a_server_is_believed_that_shows_a_certificate_of_the_authority_for_its_name_and_no_other()
    {
        using var authority = new Authority();
        using var foreign = new Authority();
        var (ca, otherCa) = (Path.Combine(_folder.FullName, "ca.crt"), Path.Combine(_folder.FullName, "other.crt"));
        await File.WriteAllTextAsync(ca, authority.Pem);
        await File.WriteAllTextAsync(otherCa, foreign.Pem);
        await using var server = await OwnPostgres.Create(data => Prepare(data, authority.Issue()), "-c ssl=on");

        await using (var database = Database.Open(With(server, ca)))
        {
            foreach (var source in new[] { database.State, database.Membership })
            {
                await using var connection = await source.OpenConnectionAsync();
                Assert.True(await connection.ExecuteScalarAsync<bool>("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"));
            }
        }
        await Refused(With(server, otherCa));
        await Refused(With(server, ca, "localhost")); // the certificate is for the address, not for this name
    }

    private static async Task Refused(DatabaseSettings settings)
    {
        await using var database = Database.Open(settings);
        var refused = await Assert.ThrowsAnyAsync<NpgsqlException>(async () => await database.State.OpenConnectionAsync());
        Assert.IsType<System.Security.Authentication.AuthenticationException>(refused.InnerException);
    }

    private static DatabaseSettings With(OwnPostgres server, string ca, string host = "127.0.0.1")
    {
        var settings = server.Settings;
        settings.ConnectionString = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Host = host, SslMode = SslMode.VerifyFull, RootCertificate = ca }.ConnectionString;
        return settings;
    }

    private static async Task Prepare(string data, (string Certificate, string Key, string Serial) shown)
    {
        await File.WriteAllTextAsync(Path.Combine(data, "server.crt"), shown.Certificate);
        await File.WriteAllTextAsync(Path.Combine(data, "server.key"), shown.Key);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.Combine(data, "server.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        // Nobody comes in without TLS.
        await File.WriteAllTextAsync(Path.Combine(data, "pg_hba.conf"), "hostssl all all 127.0.0.1/32 trust\nhostssl all all ::1/128 trust\nlocal all all trust\n");
    }
}
