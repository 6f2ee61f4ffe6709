using System.ComponentModel.DataAnnotations;
using AiCloud.Registration;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Hosting;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Expiry;

/// <summary>The reminders themselves: they tick, at the period that is set, and what lapsed is gone two minutes later at most.</summary>
public sealed class ReminderTickTests(ReminderTickTests.Ticking cluster) : IClassFixture<ReminderTickTests.Ticking>
{
    [Theory]
    [InlineData(60, 5, true)]
    [InlineData(90, 25, true)]
    [InlineData(90, 26, false)]
    [InlineData(115, 0, true)]
    [InlineData(116, 0, false)]
    [InlineData(120, 30, false)]
    public void Period_and_grace_leave_two_minutes_to_erase_what_lapsed(int period, int grace, bool allowed)
    {
        var options = new ExpiryOptions { Period = TimeSpan.FromSeconds(period), Grace = TimeSpan.FromSeconds(grace) };
        Assert.Equal(allowed, Validator.TryValidateObject(options, new ValidationContext(options), null, validateAllProperties: true));
    }

    [Fact]
    public async Task A_tick_erases_an_attempt_that_lapsed_and_brings_the_reminder_to_a_changed_period()
    {
        var (person, account) = (cluster.NewPerson(), await cluster.NewPerson().Prove());
        var started = Granted(await person.Start());
        await account.Learn();
        cluster.Steps.At = step => step == CompletionStep.AccountPrepared ? throw new InvalidOperationException("crash") : ValueTask.CompletedTask;
        await Assert.ThrowsAsync<InvalidOperationException>(() => account.Complete());
        cluster.Steps.At = null;
        cluster.Clock.Advance(started.ExpiresAt - cluster.Now + TimeSpan.FromSeconds(6));

        cluster.Expiry.Period = TimeSpan.FromSeconds(1);
        await cluster.Grains.GetGrain<ISweeperGrain>(0).EnsureRunning();
        await cluster.Grains.GetGrain<IDueGrain>(0).EnsureRunning();
        await Until(async () => !await cluster.HasRow("registration", person.Id));
        await Until(async () => !await cluster.HasRow("account", account.Account.ToString("N")));
        Assert.Equal((long[])[1_000, 1_000], await Periods());

        cluster.Expiry.Period = TimeSpan.FromSeconds(3);
        await cluster.Grains.GetGrain<ISweeperGrain>(0).EnsureRunning(); // what a silo does when it starts changes nothing
        await Until(async () => await Periods() is [3_000, 3_000]);
        var next = cluster.NewPerson();
        started = Granted(await next.Start());
        cluster.Clock.Advance(started.ExpiresAt - cluster.Now + TimeSpan.FromSeconds(6));
        await Until(async () => !await cluster.HasRow("registration", next.Id)); // and it still ticks
    }

    private async Task<long[]> Periods()
    {
        await using var connection = await cluster.Database.State.OpenConnectionAsync();
        return [.. await connection.QueryAsync<long>("SELECT period FROM reminder WHERE name IN ('sweep', 'wake')")];
    }

    private static async Task Until(Func<Task<bool>> done)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await done()) await look.WaitForNextTickAsync(patience.Token);
    }

    /// <summary>One shard, and reminders of seconds where the product's are of minutes.</summary>
    public sealed class Ticking : ClusterFixture
    {
        internal ExpiryOptions Expiry { get; } = new() { Shards = 1 };

        protected override void Configure(IServiceCollection services) => services
            .AddSingleton(Options.Create(Expiry))
            .Configure<ReminderOptions>(reminders => reminders.MinimumReminderPeriod = TimeSpan.FromMilliseconds(100));
    }
}
