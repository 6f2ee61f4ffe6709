using System.Security.Cryptography;

namespace AiCloud.Guardians;

/// <summary>What is kept of a contact as that of a guardian. Ids, digests and instants only. Pure.</summary>
public sealed record WardContact
{
    private const int BlocksMax = 32, SessionsMax = 5;

    /// <summary>Minors that the contact answers for.</summary>
    public WardPlace[] Wards { get; init; } = [];

    /// <summary>Inviters it said that it does not know.</summary>
    public InviterBlock[] Blocks { get; init; } = [];

    /// <summary>Open sessions of the guardian.</summary>
    public StoredGuardianSession[] Sessions { get; init; } = [];

    /// <summary>Minors that it answered for until the number changed hands, whose accounts do not know yet.</summary>
    public WardPlace[] Lost { get; init; } = [];

    /// <summary>When the last of it ends by clock; null when there is nothing.</summary>
    public DateTimeOffset? EndsAt => Wards.Select(ward => ward.Until).Concat(Lost.Select(ward => ward.Until)).Concat(Blocks.Select(block => block.Until)).Concat(Sessions.Select(session => session.ExpiresAt))
        .DefaultIfEmpty(DateTimeOffset.MinValue).Max() is var last && last > DateTimeOffset.MinValue ? last : null;

    /// <summary>Takes a place. One that was taken before is kept longer, never shorter.</summary>
    public (WardContact Next, RefusalCode? Refusal) Take(Guid account, DateTimeOffset until, int most, DateTimeOffset now)
    {
        var others = Wards.Where(ward => ward.Account != account && ward.Until > now).ToArray();
        if (Array.Exists(Lost, ward => ward.Account == account)) return (this, RefusalCode.NotFound);
        var mine = Array.Find(Wards, ward => ward.Account == account && ward.Until > now);
        if (mine is null && others.Length >= most) return (this, RefusalCode.WardLimit);
        if (mine is not null && mine.Until >= until) return (this, null);
        return (this with { Wards = [.. others, new WardPlace(account, until)] }, null);
    }

    /// <summary>Gives a place up.</summary>
    public WardContact Release(Guid account) =>
        Array.Exists(Wards, ward => ward.Account == account) || Array.Exists(Lost, ward => ward.Account == account)
            ? this with { Wards = [.. Wards.Where(ward => ward.Account != account)], Lost = [.. Lost.Where(ward => ward.Account != account)] } : this;

    /// <summary>
    /// The contact is somebody else's by now. Whoever has it answers for nobody, is signed in nowhere, and is held to nothing that the former holder said; the accounts
    /// are still to be told.
    /// </summary>
    public WardContact ChangedHands(DateTimeOffset now) => new() { Lost = [.. Lost.Concat(Wards).Where(ward => ward.Until > now)] };

    /// <summary>Whether this inviter may not invite the contact, or nobody may.</summary>
    public bool IsBlocked(string inviter, int forAll, DateTimeOffset now)
    {
        var standing = Blocks.Where(block => block.Until > now).ToArray();
        return standing.Length >= forAll || Array.Exists(standing, block => block.Inviter == inviter);
    }

    /// <summary>Blocks an inviter for a time. Saying it again while it stands changes nothing.</summary>
    public WardContact Block(string inviter, TimeSpan duration, DateTimeOffset now) =>
        Array.Exists(Blocks, block => block.Inviter == inviter && block.Until > now) ? this
        : this with { Blocks = [.. Blocks.Where(block => block.Until > now && block.Inviter != inviter).TakeLast(BlocksMax - 1), new InviterBlock(inviter, now + duration)] };

    /// <summary>Opens a session; the same operation replaces the secret. Above the bound the oldest goes.</summary>
    public WardContact Open(StoredGuardianSession session, DateTimeOffset now) => this with
    {
        Sessions = [.. Sessions.Where(other => other.ExpiresAt > now && other.Operation != session.Operation).TakeLast(SessionsMax - 1), session],
    };

    /// <summary>The open session that a proof names.</summary>
    public StoredGuardianSession? Find(GuardianProof proof, DateTimeOffset now) =>
        Array.Find(Sessions, session => session.Id == proof.Session) is { } found && found.ExpiresAt > now
        && CryptographicOperations.FixedTimeEquals(found.SecretDigest, proof.SecretDigest) ? found : null;

    /// <summary>Ends a session.</summary>
    public WardContact End(string session) =>
        Array.Exists(Sessions, other => other.Id == session) ? this with { Sessions = [.. Sessions.Where(other => other.Id != session)] } : this;

    /// <summary>Accounts with a place now.</summary>
    public Guid[] Accounts(DateTimeOffset now) => [.. Wards.Where(ward => ward.Until > now).Select(ward => ward.Account)];
}

/// <summary>A place for one minor until an instant: of the invitation while the account is not open, then of the 18th birthday.</summary>
public sealed record WardPlace(Guid Account, DateTimeOffset Until);

/// <summary>An inviter, by the key of its contact's identifier actor, that may not invite until an instant.</summary>
public sealed record InviterBlock(string Inviter, DateTimeOffset Until);

/// <summary>A guardian's session: the challenge that opened it, and the digest of the token's secret.</summary>
public sealed record StoredGuardianSession(string Id, string Operation, byte[] SecretDigest, DateTimeOffset ExpiresAt)
{
    /// <summary>When it was opened; of rows without it, too long ago.</summary>
    public DateTimeOffset OpenedAt { get; init; }
}
