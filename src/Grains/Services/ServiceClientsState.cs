using AiCloud.Staff;
using AiCloud.Storage;

namespace AiCloud.Services;

/// <summary>Every service that may ask about accounts. Decisions over state, command and time only.</summary>
public sealed record ServiceClientsState : IStoredState
{
    /// <summary>Services that are proposed or active.</summary>
    public const int ClientsMax = 200;

    /// <summary>Tokens of one service that work: enough to rotate in several places one after the other.</summary>
    public const int TokensMax = 10;

    private const int EndedTokensKept = 20, EndedClientsKept = 200;

    /// <summary>Oldest first.</summary>
    public ServiceClient[] Clients { get; init; } = [];

    /// <summary>Grows with every change.</summary>
    public long Revision { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset? DueAt => null;

    internal (ServiceClientsState Next, Outcome<ServiceClient> Outcome) Propose(ServiceClientProposal wanted, DateTimeOffset now)
    {
        string[] types = [.. wanted.Types.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (Clients.FirstOrDefault(known => known.Operation == wanted.Operation && known.ProposedBy.Staff == wanted.By.Staff) is { } repeated)
            return (this, repeated.Name == wanted.Name && repeated.Types.SequenceEqual(types) ? repeated : RefusalCode.IdempotencyKeyReused);
        if (Clients.Count(known => known.State != ServiceClientState.Ended) >= ClientsMax) return (this, RefusalCode.TooManyServiceClients);
        var client = new ServiceClient
        {
            Id = wanted.Id, Name = wanted.Name, Types = types, State = ServiceClientState.Proposed, ProposedBy = wanted.By, ProposedAt = now, Operation = wanted.Operation,
        };
        var ended = Clients.Where(known => known.State == ServiceClientState.Ended).TakeLast(EndedClientsKept).ToHashSet();
        return (this with { Clients = [.. Clients.Where(known => known.State != ServiceClientState.Ended || ended.Contains(known)), client] }, client);
    }

    internal (ServiceClientsState Next, Outcome<ServiceClient> Outcome) Approve(ServiceClientAct act, DateTimeOffset now)
    {
        if (Find(act.Client) is not { } client) return (this, RefusalCode.NotFound);
        if (client.ApprovalOperation == act.Operation && client.ApprovedBy == act.By.Staff) return (this, client);
        if (client.State != ServiceClientState.Proposed) return (this, RefusalCode.ProposalClosed);
        if (!TwoPeople.MayApprove(client.ProposedBy, act.By, now)) return (this, RefusalCode.SecondPersonNeeded);
        return Replaced(client with { State = ServiceClientState.Active, ApprovedBy = act.By.Staff, ApprovedAt = now, ApprovalOperation = act.Operation });
    }

    internal (ServiceClientsState Next, Outcome<ServiceClient> Outcome) End(ServiceClientAct act, DateTimeOffset now)
    {
        if (Find(act.Client) is not { } client) return (this, RefusalCode.NotFound);
        if (client.State == ServiceClientState.Ended) return (this, client);
        return Replaced(client with
        {
            State = ServiceClientState.Ended, EndedBy = act.By.Staff, EndedAt = now,
            Tokens = [.. client.Tokens.Select(token => token.Works(now) ? token with { EndedBy = act.By.Staff, EndedAt = now } : token)],
        });
    }

    internal (ServiceClientsState Next, Outcome<ServiceToken> Outcome) Issue(ServiceTokenOrder order, DateTimeOffset now)
    {
        if (Find(order.Act.Client) is not { } client) return (this, RefusalCode.NotFound);
        if (client.Tokens.FirstOrDefault(token => token.Id == order.Id) is { } repeated)
            return (this, repeated.ExpiresAt == repeated.IssuedAt.AddDays(order.Days) ? repeated : RefusalCode.IdempotencyKeyReused);
        if (client.State == ServiceClientState.Proposed) return (this, RefusalCode.SecondPersonNeeded);
        if (client.State == ServiceClientState.Ended) return (this, RefusalCode.ServiceClientEnded);
        if (client.Tokens.Count(token => token.Works(now)) >= TokensMax) return (this, RefusalCode.TooManyServiceTokens);
        var issued = new ServiceToken
        {
            Id = order.Id, Digest = order.Digest, IssuedBy = order.Act.By.Staff, IssuedAt = now, Operation = order.Act.Operation, ExpiresAt = now.AddDays(order.Days),
        };
        var ended = client.Tokens.Where(token => !token.Works(now)).TakeLast(EndedTokensKept).ToHashSet();
        var (next, _) = Replaced(client with { Tokens = [.. client.Tokens.Where(token => token.Works(now) || ended.Contains(token)), issued] });
        return (next, issued);
    }

    internal (ServiceClientsState Next, Outcome<ServiceToken> Outcome) Revoke(ServiceClientAct act, string id, DateTimeOffset now)
    {
        if (Find(act.Client) is not { } client || client.Tokens.FirstOrDefault(token => token.Id == id) is not { } token) return (this, RefusalCode.NotFound);
        if (!token.Works(now)) return (this, token);
        var ended = token with { EndedBy = act.By.Staff, EndedAt = now };
        var (next, _) = Replaced(client with { Tokens = [.. client.Tokens.Select(other => other.Id == id ? ended : other)] });
        return (next, ended);
    }

    internal ServiceTokenGrant[] Grants(DateTimeOffset now) =>
    [
        .. from client in Clients
           where client.State == ServiceClientState.Active
           from token in client.Tokens
           where token.Works(now)
           select new ServiceTokenGrant { Client = client.Id, Token = token.Id, Digest = token.Digest, Types = client.Types, ExpiresAt = token.ExpiresAt },
    ];

    private ServiceClient? Find(string id) => Clients.FirstOrDefault(client => client.Id == id);

    private (ServiceClientsState, Outcome<ServiceClient>) Replaced(ServiceClient changed) =>
        (this with { Clients = [.. Clients.Select(other => other.Id == changed.Id ? changed : other)] }, changed);
}
