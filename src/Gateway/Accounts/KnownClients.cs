using System.Buffers.Binary;
using AiCloud.Protection;
using AiCloud.Requests;

namespace AiCloud.Accounts;

/// <summary>
/// Marks of browsers and apps that somebody signed in with (P-04). A mark opens nothing: with it failed sign-ins are counted by themselves, so that neither
/// strangers everywhere nor neighbours behind the same address keep its holder out. Bound to the account, so that it is worth nothing to whoever had the contact
/// before, and nothing about it is stored until a sign-in fails.
/// </summary>
internal sealed class KnownClients(Tokens tokens, DerivedIds ids)
{
    /// <summary>How long a browser keeps it. In a browser that is not used for so long, its holder is a stranger again.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(180);

    /// <summary>The mark to carry from now on: the former one where it is this account's, else one that follows from the act, so that a repeat gets the same.</summary>
    public string Mark(string accountKey, string? former, OperationId operation) => Read(former) is { } known && AccountKeys.Of(known.Account) == accountKey ? former!
        : tokens.Issue(Tokens.KnownClient, accountKey, tokens.DerivedSecret(Tokens.KnownClient, ids.FromIdempotencyKey($"{accountKey}/{operation.Value}", "known-client-act"))).Text;

    /// <summary>The client that carries the mark and the account that it is bound to; null for one that is forged.</summary>
    public (long Client, Guid Account)? Read(string? mark) =>
        tokens.TryRead(mark, Tokens.KnownClient, out var token) && Guid.TryParseExact(token.Id, "N", out var account) ? (BinaryPrimitives.ReadInt64BigEndian(token.SecretDigest), account) : null;
}
