using AiCloud.Clock;
using AiCloud.Contacts;
using AiCloud.Delivery;
using AiCloud.Facts;
using AiCloud.Identifiers;
using AiCloud.Names;
using AiCloud.Protection;
using AiCloud.Switches;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Accounts;

/// <summary>Messages to the account's contacts: kept first, handed over, and kept as told.</summary>
internal sealed partial class AccountGrain
{
    // Staff stopped these messages, or the channel failed: looked at again after a while, since a person must hear of it some time.
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMinutes(5), FailuresTriedFor = TimeSpan.FromHours(24), DeliveryWait = TimeSpan.FromMilliseconds(500);

    /// <summary>A message that is kept with what it tells of; <see cref="Tell"/> hands it over.</summary>
    private AccountState Owing(AccountState state, OwedKind kind, DateTimeOffset now, DateTimeOffset? deadline = null, AccountFact? fact = null) => state with
    {
        Owed = OwedMessage.With(state.Owed, new OwedMessage
        {
            Id = DerivedIds.New(ServiceProvider.GetRequiredService<IRandomness>()), Kind = kind, At = now, Deadline = deadline, Fact = fact,
            To = [.. state.Contacts.Select(contact => contact.IdentifierKey)], SendAt = now + ResendAfter,
        }),
    };

    /// <summary>Hands over what is kept for the person and, of one with a guardian, for the guardian.</summary>
    private async Task Tell(CancellationToken cancellation)
    {
        await TellOwed();
        await TellGuardian(cancellation);
    }

    private async Task TellOwed()
    {
        var now = clock.GetUtcNow();
        OwedMessage[] due = [.. State.Owed.Where(message => message.IsToBeSent(now))];
        if (due.Length == 0) return;
        var untold = await HandOver([.. due.Select(message => new Outgoing(message.Id, TextOf(message), message.To, message.At))]);
        await Keep(stored, State with { Owed = OwedMessage.After(State.Owed, untold, clock.GetUtcNow() + TryAgainAfter) });
    }

    private string TextOf(OwedMessage message) => message.Kind switch
    {
        OwedKind.NumberLost => MessageTexts.OfLostNumber(Shanghai.At(message.At), State.Locale),
        OwedKind.NumberClaimed => MessageTexts.OfClaimedNumber(Shanghai.At(message.Deadline!.Value), State.Locale),
        OwedKind.FactMarked => FactTexts.Of(FactMessage.Marked, message.Fact!.Value, message.Deadline!.Value, State.Locale),
        OwedKind.FactRestricted => FactTexts.Of(FactMessage.Restricted, message.Fact!.Value, message.Deadline!.Value, State.Locale),
        OwedKind.FactLifted => FactTexts.Of(FactMessage.Lifted, message.Fact!.Value, message.Deadline!.Value, State.Locale),
        OwedKind.FactUpheld => FactTexts.Of(FactMessage.Upheld, message.Fact!.Value, message.Deadline!.Value, State.Locale),
        OwedKind.NameRefused => NameFaults.Message(message.Deadline!.Value, State.Locale),
    };

    /// <summary>One text and the contacts that it goes to.</summary>
    private sealed record Outgoing(string Id, string Text, string[] To, DateTimeOffset At);

    /// <summary>
    /// Hands messages over, contact by contact, so that nobody hears again of what others could not be told. Answers by id who has to be tried again: where staff
    /// stopped messages, and for a day where the channel failed.
    /// </summary>
    private async Task<Dictionary<string, string[]>> HandOver(IReadOnlyCollection<Outgoing> messages)
    {
        var untold = messages.ToDictionary(message => message.Id, _ => new List<string>());
        List<Task> handing = [];
        foreach (var message in messages)
        {
            foreach (var contact in message.To.Select(key => AccountSecurity.Find(State, key)).OfType<StoredContact>())
            {
                var address = vault.Address(Id, State, contact);
                if (switches.SendsPaused(address, SendPurposes.Security) is not null) untold[message.Id].Add(contact.IdentifierKey);
                else handing.Add(One(message, contact.IdentifierKey, address));
            }
        }
        try { await Task.WhenAll(handing).WaitAsync(DeliveryWait, clock); }
        catch (TimeoutException) { } // a slow channel goes on by itself
        return untold.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());

        async Task One(Outgoing message, string key, Identifier address)
        {
            try
            {
                await notices.HandOver(new NoticeMessage { To = address, IdentifierKey = key, Purpose = SendPurposes.Security, Text = message.Text }, CancellationToken.None);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                log.NoticeFailed(Id, failure.GetType().Name);
                if (clock.GetUtcNow() < message.At + FailuresTriedFor) untold[message.Id].Add(key);
            }
        }
    }
}
