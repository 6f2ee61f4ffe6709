using System.Reflection;
using AiCloud.Admission;
using AiCloud.Hosting;
using AiCloud.Live;
using AiCloud.Protection;
using AiCloud.Staff;
using AiCloud.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;

namespace AiCloud.Operations;

/// <summary>Nothing waits for ever: each kind of call on a request's way has a deadline, the inner ones shorter than the outer (DESIGN §9; docs/process-life.md has the list).</summary>
public sealed class DeadlineTests(SharedGateways gateways)
{
    private static readonly TimeSpan Call = TimeSpan.FromSeconds(4), Request = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Every_request_has_one_and_no_endpoint_does_away_with_it()
    {
        var services = (await gateways.Steady).Services;
        var timeouts = services.GetRequiredService<IOptions<RequestTimeoutOptions>>().Value;
        Assert.Equal(Request, timeouts.DefaultPolicy!.Timeout);
        var endpoints = services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).ToArray();
        Assert.NotEmpty(endpoints);
        Assert.All(endpoints, endpoint => Assert.Null(endpoint.Metadata.GetMetadata<DisableRequestTimeoutAttribute>()));
        Assert.All(endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<RequestTimeoutAttribute>()), own => Assert.True(own?.Timeout is null || own.Timeout <= Request));
        Assert.True(services.GetRequiredService<IOptions<AdmissionOptions>>().Value.LongestWait < Call);
    }

    [Fact]
    public async Task Every_call_to_an_actor_has_one_in_silo_and_client_alike()
    {
        var silo = (await gateways.Steady).Services;
        Assert.Equal(Call, silo.GetRequiredService<IOptions<SiloMessagingOptions>>().Value.ResponseTimeout);
        Assert.Equal(Call, silo.GetRequiredService<IOptions<ClientMessagingOptions>>().Value.ResponseTimeout);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        using var start = ClusterStart();
        builder.UseOrleansClient(client => client.AddAccountsClient(start));
        using var gateway = builder.Build();
        Assert.Equal(Call, gateway.Services.GetRequiredService<IOptions<ClientMessagingOptions>>().Value.ResponseTimeout);
        // A longer one for a method is allowed where it is named, and never longer than a request.
        var named = new[] { typeof(Refusal).Assembly, typeof(Repeatable).Assembly }.SelectMany(assembly => assembly.GetTypes()).Where(type => type.IsInterface)
            .SelectMany(type => type.GetMethods()).Select(method => method.GetCustomAttribute<ResponseTimeoutAttribute>()).OfType<ResponseTimeoutAttribute>();
        Assert.All(named, longer => Assert.InRange(longer.Timeout!.Value, Call, Request));
    }

    [Fact]
    public async Task Every_connection_to_the_database_and_every_statement_has_one_shorter_than_a_call()
    {
        await using var database = Database.Open(ClusterStart().Database);
        foreach (var source in new[] { database.State, database.Membership })
        {
            var settings = new NpgsqlConnectionStringBuilder(source.ConnectionString);
            Assert.Equal((2, 3, 1000), (settings.Timeout, settings.CommandTimeout, settings.CancellationTimeout));
            await using var command = source.CreateCommand("SELECT 1");
            Assert.Equal(3, command.CommandTimeout);
        }
    }

    private static Start ClusterStart() => new()
    {
        Options = new AccountsOptions(), Mode = HostMode.Cluster, Keys = KeyRing.Generate(new CryptographicRandomness()), Delivery = DeliveryMode.Development, Operations = new OperationsOptions(), Staff = new StaffSeeds(),
        Audit = AiCloud.Audit.AuditSink.Open(null, "nobody"),
        Database = new DatabaseSettings { Provider = DatabaseProvider.PostgreSql, ConnectionString = "Host=127.0.0.1;Port=1;Username=nobody;Database=none" },
    };
}
