using System.Buffers.Binary;
using AiCloud.Protection;
using AiCloud.Requests;

namespace AiCloud.Accounts;

/// <summary>
/// Marks of browsers and apps that somebody signed in with (P-04). A mark opens nothing: with it failed sign-ins are counted by themselves, so that neither
/// strangers everywhere nor neighbours behind the same address keep its holder out. Bound to the contact, and nothing about it is stored until a sign-in fails.
/// </summary>
internal sealed class KnownClients(Tokens tokens, DerivedIds ids)
{
    /// <summary>How long a browser keeps it. In a browser that is not used for so long, its holder is a stranger again.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(180);

    /// <summary>The mark to carry from now on: the former one where it is this contact's, else one that follows from the act, so that a repeat gets the same.</summary>
    public string Mark(string identifierKey, string? former, OperationId operation) => ClientOf(former, identifierKey) != 0 ? former!
        : tokens.Issue(Tokens.KnownClient, IdOf(identifierKey), tokens.DerivedSecret(Tokens.KnownClient, ids.FromIdempotencyKey($"{identifierKey}/{operation.Value}", "known-client-act"))).Text;

    /// <summary>The number of the client that carries the mark; 0 for one that is forged or another contact's.</summary>
    public long ClientOf(string? mark, string identifierKey) =>
        tokens.TryRead(mark, Tokens.KnownClient, out var token) && token.Id == IdOf(identifierKey) ? BinaryPrimitives.ReadInt64BigEndian(token.SecretDigest) : 0;

    private string IdOf(string identifierKey) => ids.FromIdempotencyKey(identifierKey, "known-client");
}
