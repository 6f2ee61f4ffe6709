using System.Net;
using AiCloud.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Runtime;

namespace AiCloud.Storage;

public sealed class MembershipTests
{
    [Fact]
    public async Task Silos_find_each_other_and_a_client_finds_them_through_the_database()
    {
        await using var database = await TemporaryDatabase.Create();
        using var one = Silo(database.Settings);
        using var two = Silo(database.Settings);
        await one.StartAsync();
        await two.StartAsync();
        using var client = Quiet().UseOrleansClient(builder =>
        {
            builder.AddAccountsClustering(database.Settings);
            Named(builder.Services);
        }).Build();
        await client.StartAsync();
        var key = StorageUnderTest.NewKey();

        await client.Services.GetRequiredService<IClusterClient>().GetGrain<INotebook>(key).Write("over the wire");
        var hosts = await client.Services.GetRequiredService<IClusterClient>().GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);

        Assert.Equal(2, hosts.Count);
        Assert.Equal("over the wire", await one.Services.GetRequiredService<IGrainFactory>().GetGrain<INotebook>(key).Read());
        await client.StopAsync();
        await two.StopAsync();
        await one.StopAsync();
    }

    [Fact]
    public async Task Of_two_changes_of_one_version_of_the_member_list_the_second_loses()
    {
        var (table, database, host) = await Table();
        await using var _ = database;
        using var __ = host;
        var version = (await table.ReadAllAsync()).Version;

        Assert.True(await table.InsertRowAsync(Member(11001), version.Next()));
        Assert.False(await table.InsertRowAsync(Member(11002), version.Next()));

        var read = await table.ReadAllAsync();
        Assert.Single(read.Members);
        Assert.Equal(version.Version + 1, read.Version.Version);
    }

    [Fact]
    public async Task A_member_is_not_added_twice_and_an_unknown_one_not_changed_and_the_version_stays()
    {
        var (table, database, host) = await Table();
        await using var _ = database;
        using var __ = host;
        Assert.True(await table.InsertRowAsync(Member(11001), (await table.ReadAllAsync()).Version.Next()));
        var version = (await table.ReadAllAsync()).Version;

        Assert.False(await table.InsertRowAsync(Member(11001), version.Next()));
        Assert.False(await table.UpdateRowAsync(Member(11009), version.VersionEtag, version.Next()));

        Assert.Equal(version.Version, (await table.ReadAllAsync()).Version.Version);
    }

    [Fact]
    public async Task Suspicions_and_signs_of_life_are_kept()
    {
        var (table, database, host) = await Table();
        await using var _ = database;
        using var __ = host;
        var member = Member(11001);
        await table.InsertRowAsync(member, (await table.ReadAllAsync()).Version.Next());
        member.Status = SiloStatus.Dead;
        member.AddSuspector(Member(11002).SiloAddress, new DateTime(2025, 9, 1, 0, 0, 0, DateTimeKind.Utc));
        var version = (await table.ReadAllAsync()).Version;

        Assert.True(await table.UpdateRowAsync(member, version.VersionEtag, version.Next()));
        member.IAmAliveTime = new DateTime(2025, 9, 2, 0, 0, 0, DateTimeKind.Utc);
        await table.UpdateIAmAliveAsync(member);

        var read = (await table.ReadRowAsync(member.SiloAddress)).Members.Single().Item1;
        Assert.Equal((SiloStatus.Dead, member.IAmAliveTime), (read.Status, read.IAmAliveTime));
        Assert.Equal(Member(11002).SiloAddress, read.SuspectTimes!.Single().Item1);
    }

    [Fact]
    public async Task Clean_up_takes_the_long_dead_and_nobody_else()
    {
        var (table, database, host) = await Table();
        await using var _ = database;
        using var __ = host;
        foreach (var (port, status) in new[] { (11001, SiloStatus.Dead), (11002, SiloStatus.Active), (11003, SiloStatus.Dead) })
        {
            var member = Member(port);
            member.Status = status;
            if (port == 11003) member.IAmAliveTime = new DateTime(2025, 9, 3, 0, 0, 0, DateTimeKind.Utc);
            await table.InsertRowAsync(member, (await table.ReadAllAsync()).Version.Next());
        }

        await table.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(2025, 9, 2, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal([11002, 11003], (await table.ReadAllAsync()).Members.Select(member => member.Item1.SiloAddress.Endpoint.Port).Order());
    }

    private static async Task<(IMembershipTable Table, TemporaryDatabase Database, IHost Host)> Table()
    {
        var database = await TemporaryDatabase.Create();
        var host = Silo(database.Settings); // not started: only its table is wanted
        var table = host.Services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true);
        return (table, database, host);
    }

    private static MembershipEntry Member(int port) => new()
    {
        SiloAddress = SiloAddress.New(IPAddress.Loopback, port, 1),
        SiloName = $"silo-{port}",
        HostName = "host",
        Status = SiloStatus.Active,
        ProxyPort = port + 1000,
        StartTime = new DateTime(2025, 9, 1, 0, 0, 0, DateTimeKind.Utc),
        IAmAliveTime = new DateTime(2025, 9, 1, 0, 0, 0, DateTimeKind.Utc),
    };

    private static IHost Silo(DatabaseSettings settings) => Quiet().UseOrleans(silo =>
    {
        silo.AddAccountsStorage(settings).AddAccountsClustering(settings).ConfigureEndpoints(IPAddress.Loopback, FreePorts.Take(), FreePorts.Take());
        Named(silo.Services);
    }).Build();

    private static IHostBuilder Quiet() => Host.CreateDefaultBuilder().ConfigureLogging(logging => logging.ClearProviders());

    private static void Named(IServiceCollection services) =>
        services.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("membership-test", "membership-test"));
}
