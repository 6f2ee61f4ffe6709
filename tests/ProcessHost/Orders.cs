using System.Globalization;
using AiCloud.Clock;
using AiCloud.Contacts;
using AiCloud.Identifiers;
using AiCloud.Ledger;
using AiCloud.Protection;
using AiCloud.Registration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace AiCloud;

/// <summary>What a test says on standard input. Its end means that the test is gone, and the process goes too.</summary>
internal sealed class Orders(IServiceProvider services, StoppableSteps steps) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        new Thread(Obey) { IsBackground = true }.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Obey()
    {
        while (Console.In.ReadLine() is { } line)
        {
            switch (line.Split(' '))
            {
                case ["stop", var step, var tag]:
                    Arm(Enum.Parse<CompletionStep>(step), tag);
                    break;
                case ["stop-ledger", var step, var tag]:
                    Arm(Enum.Parse<LedgerStep>(step), tag);
                    break;
                case ["stop-contact", var step, var tag]:
                    Arm(Enum.Parse<ContactStep>(step), tag);
                    break;
                case ["go"]:
                    steps.GoOn();
                    break;
                case ["clock", var seconds]:
                    services.GetRequiredService<WrongClock>().Error = TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture));
                    Console.WriteLine($"clock {seconds}");
                    break;
                case ["where", var registration, var email]:
                    _ = Where(registration, email);
                    break;
            }
        }
        Environment.Exit(3);
    }

    private void Arm(Enum step, string tag)
    {
        steps.Arm(step, tag);
        Console.WriteLine($"armed {tag}");
    }

    private async Task Where(string registration, string email)
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        var digests = services.GetRequiredService<IdentifierDigest>();
        var silos = grains.GetGrain<IManagementGrain>(0);
        var attempt = await Ask(() => silos.GetActivationAddress(grains.GetGrain<IRegistrationGrain>(registration)));
        var identifier = await Ask(() => silos.GetActivationAddress(grains.GetGrain<IIdentifierGrain>(digests.Of(IdentifierParsing.Email(email).Value!))));
        var here = services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        Console.WriteLine($"found {registration} attempt={(here.Equals(attempt) ? "here" : "there")} identifier={(here.Equals(identifier) ? "here" : "there")}");
    }

    // The directory may be changing hands: the question is harmless and is asked until somebody answers.
    private static async Task<SiloAddress?> Ask(Func<ValueTask<SiloAddress?>> question)
    {
        while (true)
        {
            try { return await question(); }
            catch (Exception failure) when (failure is OrleansException or TimeoutException) { await Task.Delay(TimeSpan.FromMilliseconds(100)); }
        }
    }
}
