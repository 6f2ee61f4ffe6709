using System.Security.Cryptography;
using AiCloud.Storage;

namespace AiCloud.Staff;

/// <summary>What is kept of one member: what the register said, and what proves them.</summary>
public sealed record StaffState : IStoredState
{
    private const int TokensMax = 8;
    private static readonly TimeSpan RefusalWindow = TimeSpan.FromHours(1);

    /// <summary>What the register said last; null when nobody.</summary>
    public StaffStanding? Standing { get; init; }

    /// <summary>Tokens, oldest first.</summary>
    public StaffToken[] Tokens { get; init; } = [];

    /// <summary>The way to a first token, also after it was used.</summary>
    public StaffActivation? Activation { get; init; }

    /// <summary>The token that the activation gave.</summary>
    public string? ActivatedToken { get; init; }

    /// <summary>A bootstrap token was given once; never again.</summary>
    public bool Equipped { get; init; }

    /// <summary>Start of the hour that <see cref="Refusals"/> counts.</summary>
    public DateTimeOffset RefusalsSince { get; init; }

    /// <summary>Refused calls noted in the hour.</summary>
    public int Refusals { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset? DueAt => null;

    /// <summary>Checks a token; its first use ends what it stands in the place of.</summary>
    public (StaffState Next, StaffToken? Token) Use(StaffProof proof, StaffOptions limits, DateTimeOffset now)
    {
        if (Proven(proof) is not { } token || token.HasEnded(now)) return (this, null);
        if (token.FirstUsedAt is not null) return (this, token);
        var used = token with { FirstUsedAt = now, Supersedes = null };
        if (token.IsBootstrap && limits.BootstrapTokenLifetime is { } lifetime) used = used with { ExpiresAt = now + lifetime };
        // Its twins go too: whoever else exchanged the same old token finds out by not getting in.
        var next = this with
        {
            Tokens = [.. Tokens.Where(other => token.Supersedes is null || (other.Id != token.Supersedes && other.Supersedes != token.Supersedes)
                || other.Id == token.Id).Select(other => other.Id == token.Id ? used : other)],
        };
        return (next, used);
    }

    /// <summary>What a member may do with a token that was right; null when the call is allowed.</summary>
    public Refusal? Refuse(StaffToken token, string? role, StaffOptions limits)
    {
        if (limits.RequireSecondFactor && !token.Methods.Contains(StaffToken.SecondFactor)) return new Refusal(RefusalCode.SecondFactorRequired);
        return role is null || role.Split(' ').Any(Standing!.Has) ? null : new Refusal(RefusalCode.Forbidden);
    }

    /// <summary>Exchanges a token, also one that lapsed less than <see cref="StaffOptions.RenewFor"/> ago.</summary>
    public (StaffState Next, Outcome<StaffTokenView> Result) Rotate(StaffProof proof, NewStaffToken wanted, StaffOptions limits, DateTimeOffset now)
    {
        if (Proven(proof) is not { } old || (old.ExpiresAt is { } end && now >= end + limits.RenewFor)) return (this, RefusalCode.NotFound);
        if (Tokens.FirstOrDefault(token => token.Id == wanted.Id) is { } known) return (this, View(known));
        var fresh = New(wanted, limits, now) with { Supersedes = old.Id, Methods = old.Methods };
        var kept = Tokens.Where(token => token.Id == old.Id || !token.HasEnded(now)).TakeLast(TokensMax - 1);
        if (!kept.Contains(old)) kept = [old, .. kept.Skip(1)];
        return (this with { Tokens = [.. kept, fresh] }, View(fresh));
    }

    /// <summary>Turns both halves into a token, once.</summary>
    public (StaffState Next, Outcome<StaffTokenView> Result) Activate(StaffActivationProof proof, NewStaffToken wanted, StaffOptions limits, DateTimeOffset now)
    {
        if (Standing is not { Disabled: false } || Activation is not { } activation || activation.Proposal != proof.Proposal
            || !Same(activation.ProposerHalf, proof.ProposerHalf) || !Same(activation.ApproverHalf, proof.ApproverHalf)) return (this, RefusalCode.NotFound);
        if (ActivatedToken is { } used)
            return (this, used == wanted.Id && Tokens.FirstOrDefault(token => token.Id == used) is { } known ? View(known) : RefusalCode.NotFound);
        if (now >= activation.Until) return (this, RefusalCode.ActivationExpired);
        var fresh = New(wanted, limits, now);
        return (this with { Tokens = [fresh], ActivatedToken = fresh.Id }, View(fresh));
    }

    /// <summary>Takes over what the register says, unless it is older than what is known.</summary>
    public StaffState Told(StaffStanding standing, StaffActivation? activation)
    {
        if (Standing is { } known && known.Revision > standing.Revision) return this;
        var next = Standing?.Revision == standing.Revision ? this : this with { Standing = standing };
        if (activation is not null && Activation?.Proposal != activation.Proposal) next = next with { Activation = activation, ActivatedToken = null };
        return standing.Disabled && (next.Tokens.Length > 0 || next.Activation is not null) ? next with { Tokens = [], Activation = null } : next;
    }

    /// <summary>Gives the token of the settings, once.</summary>
    public StaffState WithBootstrapToken(byte[] digest, DateTimeOffset now) => Equipped ? this : this with
    {
        Equipped = true,
        Tokens = [.. Tokens, new StaffToken { Id = StaffToken.Bootstrap, Digest = digest, IssuedAt = now }],
    };

    /// <summary>Counts a refused call. <c>Listed</c>: 1 for an entry of its own, 0 for the one that says there are more, null for none.</summary>
    public (StaffState Next, int? Listed) NoteRefusal(StaffOptions limits, DateTimeOffset now)
    {
        var (count, since) = RefusalsSince > now - RefusalWindow ? (Refusals, RefusalsSince) : (0, now);
        if (count > limits.RefusalsPerHour) return (this, null);
        return (this with { Refusals = count + 1, RefusalsSince = since }, count < limits.RefusalsPerHour ? 1 : 0);
    }

    /// <summary>The token that a proof is of, whether or not it ended; null for a member who is none.</summary>
    public StaffToken? Proven(StaffProof proof) =>
        Standing is { Disabled: false } && Tokens.FirstOrDefault(token => token.Id == proof.Token) is { } found && Same(found.Digest, proof.Digest) ? found : null;

    private StaffTokenView View(StaffToken token) => new() { Member = Standing!, Digest = token.Digest, ExpiresAt = token.ExpiresAt };

    private static StaffToken New(NewStaffToken wanted, StaffOptions limits, DateTimeOffset now) =>
        new() { Id = wanted.Id, Digest = wanted.Digest, IssuedAt = now, ExpiresAt = now + (limits.TokenLifetime ?? StaffToken.DefaultLifetime) };

    private static bool Same(byte[] one, byte[] other) => CryptographicOperations.FixedTimeEquals(one, other);
}

/// <summary>One token: its secret is kept as a digest.</summary>
public sealed record StaffToken
{
    /// <summary>Id of the token that settings gave.</summary>
    public const string Bootstrap = "bootstrap";

    /// <summary>The method that says a second factor was proven (RFC 8176).</summary>
    public const string SecondFactor = "mfa";

    /// <summary>Life where no setting says another.</summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(12);

    /// <summary>Its id within the member.</summary>
    public required string Id { get; init; }
    /// <summary>Digest of its secret.</summary>
    public required byte[] Digest { get; init; }
    /// <summary>When it was issued.</summary>
    public required DateTimeOffset IssuedAt { get; init; }
    /// <summary>When it ends; null without an end.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
    /// <summary>When it was first used.</summary>
    public DateTimeOffset? FirstUsedAt { get; init; }
    /// <summary>The token that ends when this one is first used.</summary>
    public string? Supersedes { get; init; }
    /// <summary>How its holder authenticated (<c>amr</c>): the slot for a second factor.</summary>
    public string[] Methods { get; init; } = [];

    /// <summary>Whether settings gave it.</summary>
    [System.Text.Json.Serialization.JsonIgnore] public bool IsBootstrap => Id == Bootstrap;

    internal bool HasEnded(DateTimeOffset now) => now >= ExpiresAt;

    /// <summary>Nothing of the digest.</summary>
    public override string ToString() => $"StaffToken({Id})";
}
