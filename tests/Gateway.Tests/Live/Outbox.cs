using System.Collections.Concurrent;
using System.Net.Http.Json;

namespace AiCloud.Live;

/// <summary>The development outbox as a test reads it: a message may leave a moment after the reply that speaks of it.</summary>
public sealed class Outbox(HttpClient client)
{
    private readonly ConcurrentDictionary<string, OutboxMessage> handedOut = new();

    /// <summary>What was sent to a contact, newest first.</summary>
    public async Task<OutboxMessage[]> To(string contact) =>
        (await client.GetFromJsonAsync<OutboxMessage[]>(new Uri($"/dev/outbox?to={Uri.EscapeDataString(contact)}", UriKind.Relative)))!;

    /// <summary>Waits until what is looked for is among what was sent to a contact.</summary>
    public async Task<T> Wait<T>(string contact, Func<OutboxMessage[], T?> found) where T : class
    {
        for (var tries = 0; tries < 400; tries++)
        {
            if (found(await To(contact)) is { } it) return it;
            await Task.Delay(25);
        }
        throw new TimeoutException("No message came.");
    }

    /// <summary>Waits until so many messages have left for a contact; the code of the newest, empty if it has none.</summary>
    public async Task<string> Code(string contact, int messages) => HandOut(contact, await Wait(contact, sent => sent.Length >= messages ? sent[0] : null));

    /// <summary>Waits for a code that this did not hand out before; messages without one may stand among them.</summary>
    public async Task<string> NextCode(string contact) => HandOut(contact, await Wait(contact,
        sent => sent.FirstOrDefault(message => message.Code.Length > 0) is { } newest && newest != handedOut.GetValueOrDefault(contact) ? newest : null));

    private string HandOut(string contact, OutboxMessage message) => (handedOut[contact] = message).Code;
}

/// <summary>One message.</summary>
public sealed record OutboxMessage(string Purpose, string Code, string Text, DateTimeOffset SentAt);
