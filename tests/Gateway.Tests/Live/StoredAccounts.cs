using AiCloud.Accounts;
using AiCloud.Protection;
using AiCloud.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;

namespace AiCloud.Live;

/// <summary>Rows of a gateway's accounts, for states that no call over HTTP leads to.</summary>
internal static class StoredAccounts
{
    /// <summary>
    /// Does what drops the password and ends every session, and puts the sessions back: an account without a password with somebody signed in, as every way to
    /// sign in but the password leaves it.
    /// </summary>
    public static async Task KeepingSessions(this IServiceProvider services, string session, Func<Task> dropping)
    {
        var id = GrainId.Create("account", SessionTokens.Read(services.GetRequiredService<Tokens>(), session)!.AccountKey);
        var rows = services.GetRequiredKeyedService<IGrainStorage>(StorageNames.State);
        var before = await Read(rows, id);
        await dropping();
        var after = await Read(rows, id);
        Assert.Null(after.State.PasswordHash);
        Assert.Empty(after.State.Sessions);
        after.State = after.State with { Sessions = before.State.Sessions };
        await rows.WriteStateAsync("account", id, after);
        await services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
    }

    /// <summary>What is kept of the account behind a session.</summary>
    public static async Task<AccountState> Account(this LiveGateway gateway, string session)
    {
        var services = gateway.Services;
        return (await Read(services.GetRequiredKeyedService<IGrainStorage>(StorageNames.State),
            GrainId.Create("account", SessionTokens.Read(services.GetRequiredService<Tokens>(), session)!.AccountKey))).State;
    }

    private static async Task<KeptRow<AccountState>> Read(IGrainStorage rows, GrainId id)
    {
        var row = new KeptRow<AccountState>();
        await rows.ReadStateAsync("account", id, row);
        return row;
    }
}
