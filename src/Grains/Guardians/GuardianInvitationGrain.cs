using System.Security.Cryptography;
using AiCloud.Documents;
using AiCloud.Identifiers;
using AiCloud.Identity;
using AiCloud.Protection;
using AiCloud.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiCloud.Guardians;

[GrainType("guardian-invitation")]
internal sealed partial class GuardianInvitationGrain(
    [PersistentState("guardian-invitation", StorageNames.State)] IPersistentState<GuardianInvitation> stored,
    IOptions<GuardianOptions> options, DocumentCatalog documents, GuardianMessages messages, IdentityTools identity, Envelope envelope, Tokens tokens, TimeProvider clock,
    ILogger<GuardianInvitationGrain> log)
    : Grain, IGuardianInvitationGrain
{
    // The grant's instant is another actor's "now": a moment later, or on another silo whose clock is a little ahead.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(250);

    private IGrainTimer? _leaving;

    private string Id => this.GetPrimaryKeyString();
    private GuardianInvitation State => stored.State;
    private string Owner => GuardianInvitation.KeyOwner(Id);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (State is { State: InvitationState.Open, Sent: false } && State.SendsAt > clock.GetUtcNow()) LeaveLater();
        return Task.CompletedTask;
    }

    public async Task<Outcome<InvitationStanding>> Invite(InviteGuardian request, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (State.State is not null) return Standing(now);
        using var made = await envelope.Make(Owner, cancellation);
        var key = made.Key;
        var invited = new GuardianInvitation
        {
            State = InvitationState.Open,
            ExpiresAt = request.ExpiresAt,
            // Follows from the id, so that a message may leave later without its token being kept. Nobody outside can derive it, and no answer carries it.
            Proof = tokens.IssueDerived(Tokens.GuardianInvitation, Id).SecretDigest,
            Key = made.Wrapped,
            InviterKeys = request.InviterKeys,
            Account = request.Account,
            Registration = request.Registration,
            Inviter = key.ProtectJson(new InviterShown(request.InviterMasked, request.InviterName), Context("inviter")),
            Invited = key.ProtectJson(request.To, Context("invited")),
            Locale = request.Locale,
            PageAddress = request.PageAddress,
            SendsAt = request.SendsAt,
        };
        if (invited.SendsAt > now + Slack)
        {
            await this.Keep(stored, invited);
            LeaveLater();
        }
        else
        {
            await Send(invited, cancellation);
        }
        return Standing(now);
    }

    public Task<InvitationStanding> Standing(CancellationToken cancellation) => Task.FromResult(Standing(clock.GetUtcNow()));

    public async Task<InvitationStanding> Bind(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (State.At(now) == InvitationState.Accepted && State.Withdrawable) await this.Keep(stored, State with { Withdrawable = false });
        return Standing(now);
    }

    public async Task<Done> Unbind(CancellationToken cancellation)
    {
        if (State.At(clock.GetUtcNow()) == InvitationState.Accepted && !State.Withdrawable) await this.Keep(stored, State with { Withdrawable = true });
        return Done.It;
    }

    public async Task<Done> Void(CancellationToken cancellation)
    {
        if (State.State is not null) await this.Erase(stored);
        DeactivateOnIdle();
        return Done.It;
    }

    private InvitationStanding Standing(DateTimeOffset now) => new()
    {
        State = State.At(now),
        Binding = State.At(now) == InvitationState.Accepted ? Unsealed<GuardianBinding>(State.Binding, "binding") : null,
    };

    // Kept first: a crash here costs one invitation's message, and the inviter may send another. Handed over first, it could go out twice.
    private async Task Send(GuardianInvitation next, CancellationToken cancellation)
    {
        await this.Keep(stored, next with { Sent = true });
        if (tokens.RepeatDerived(Tokens.GuardianInvitation, Id, State.Proof) is not { } token) return; // the secrets were rotated away meanwhile
        var (to, shown) = (Unsealed<GuardianContact>(State.Invited, "invited"), Unsealed<InviterShown>(State.Inviter, "inviter"));
        await messages.Send(to, GuardianTexts.Invitation(shown, $"{State.PageAddress}/guardian/invitation?token={token.Text}", State.ExpiresAt, State.Locale), cancellation);
    }

    private void LeaveLater()
    {
        var wait = State.SendsAt - clock.GetUtcNow();
        if (wait > TimeSpan.Zero) DelayDeactivation(wait + TimeSpan.FromSeconds(30)); // a timer alone keeps no idle actor in memory
        _leaving?.Dispose();
        _leaving = this.RegisterGrainTimer(async cancellation =>
        {
            var now = clock.GetUtcNow();
            if (State.Sent || State.At(now) != InvitationState.Open) return;
            if (State.SendsAt > now + Slack) LeaveLater();
            else await Send(State, cancellation);
        }, new GrainTimerCreationOptions(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan) { KeepAlive = true });
    }

    private Refusal? Refuse(byte[] proof, DateTimeOffset now)
    {
        // A row that is gone and a token that is authentic (the gateway checked its mac): it lapsed or was taken back.
        if (State.State is null) return new Refusal(RefusalCode.InvitationExpired);
        if (!CryptographicOperations.FixedTimeEquals(State.Proof, proof)) return new Refusal(RefusalCode.NotFound);
        return State.At(now) == InvitationState.Lapsed ? new Refusal(RefusalCode.InvitationExpired) : null;
    }

    private T Unsealed<T>(byte[]? value, string place) where T : class
    {
        using var key = envelope.Unwrap(State.Key!, Owner);
        return key.UnprotectJson<T>(value, Context(place))!;
    }

    private byte[] Sealed<T>(T value, string place)
    {
        using var key = envelope.Unwrap(State.Key!, Owner);
        return key.ProtectJson(value, Context(place));
    }

    private string Context(string place) => $"guardian-invitation/{Id}/{place}";

    private IGuardianContactGrain ContactActor(string identifierKey) => GrainFactory.GetGrain<IGuardianContactGrain>(identifierKey);
}
