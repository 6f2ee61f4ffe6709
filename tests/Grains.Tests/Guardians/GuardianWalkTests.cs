using AiCloud.Challenges;
using AiCloud.Registration;
using CsCheck;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Guardians;

/// <summary>Random sequences of what a minor, guardians, the clock and a restart can do, against a model of one page.</summary>
[Trait("Takes", "long")]
public sealed class GuardianWalkTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private static readonly Gen<GuardianAct[]> Walks = Gen.Frequency(
        (4, Gen.Const(GuardianAct.Invite)), (3, Gen.Const(GuardianAct.Agree)), (1, Gen.Const(GuardianAct.Decline)), (4, Gen.Const(GuardianAct.Complete)), (2, Gen.Const(GuardianAct.View)),
        (2, Gen.Const(GuardianAct.Hour)), (1, Gen.Const(GuardianAct.Day)), (2, Gen.Const(GuardianAct.Restart)), (1, Gen.Const(GuardianAct.Nudge)), (1, Gen.Const(GuardianAct.Sweep))).Array[4, 30];

    [Fact]
    public Task Whatever_happens_in_whatever_order_no_account_of_a_minor_opens_without_a_guardian() => Walks.SampleAsync(async walk =>
    {
        var world = await GuardianModel.Begin(cluster);
        foreach (var act in walk) await world.Do(act);
        await world.CheckTheEnd();
    }, iter: 60, threads: 1);
}

internal enum GuardianAct { Invite, Agree, Decline, Complete, View, Hour, Day, Restart, Nudge, Sweep }

/// <summary>What one minor's attempt should do, once a guardian is known to be needed.</summary>
internal sealed class GuardianModel
{
    private static readonly TimeSpan Answers = TimeSpan.FromHours(72);
    private readonly ClusterFixture _cluster;
    private readonly Registrant _minor;
    private DateTimeOffset _expiresAt;
    private Guardian? _guardian;
    private DateTimeOffset _invitationUntil;
    private int _invitations;
    private InvitationState _answer = InvitationState.Lapsed; // as the guardian gave it
    private DateTimeOffset? _agreedAt;
    private bool _completed;

    private GuardianModel(ClusterFixture cluster, Registrant minor) => (_cluster, _minor, _expiresAt) = (cluster, minor, cluster.Now + TimeSpan.FromMinutes(30));

    public static async Task<GuardianModel> Begin(ClusterFixture cluster) => new(cluster, await cluster.NewMinor());

    private DateTimeOffset Now => _cluster.Now;
    private bool Lives => Now < _expiresAt;

    public async Task Do(GuardianAct act)
    {
        switch (act)
        {
            case GuardianAct.Invite:
                var guardian = new Guardian(_cluster);
                var invited = await _cluster.Guarded(_minor).Invite(guardian.InvitedBy(_minor));
                if (!Lives) Expect(RefusalCode.RegistrationExpired, invited);
                else if (_completed) Expect(RefusalCode.NotVerified, invited);
                else if (Learns() == InvitationState.Accepted) Expect(RefusalCode.GuardianNotNeeded, invited);
                else if (_invitations == 3) Expect(RefusalCode.GuardianLimit, invited);
                else
                {
                    if (_invitations++ == 0) _expiresAt = Now + Answers;
                    (_guardian, _answer, _invitationUntil) = (guardian.Reads(), InvitationState.Open, _expiresAt);
                    Assert.Equal(_expiresAt, Granted(invited).ExpiresAt);
                }
                break;
            case GuardianAct.Agree when _guardian is not null:
                var proven = await _guardian.Invitation.Proven(_guardian.Token.SecretDigest, Proof(_guardian));
                var agreed = await _guardian.Invitation.Accept(_guardian.Word());
                if (_answer != InvitationState.Open || Now >= _invitationUntil) Expect(RefusalCode.InvitationExpired, agreed);
                else
                {
                    Granted(proven);
                    Granted(agreed);
                    (_answer, _agreedAt, _invitationUntil) = (InvitationState.Accepted, Now, Now + Answers);
                }
                break;
            case GuardianAct.Decline when _guardian is not null:
                var declined = await _guardian.Invitation.Decline(_guardian.No());
                // Also who agreed, until the account has taken it up.
                if (!(_answer == InvitationState.Open || (_answer == InvitationState.Accepted && !_completed)) || Now >= _invitationUntil) Expect(RefusalCode.InvitationExpired, declined);
                else
                {
                    Granted(declined);
                    _answer = InvitationState.Declined;
                }
                break;
            case GuardianAct.Complete:
                var outcome = await _minor.Complete();
                if (!Lives) Expect(RefusalCode.RegistrationExpired, outcome);
                else if (_completed) Expect(RefusalCode.AlreadyCompleted, outcome);
                else if (Learns() == InvitationState.Accepted)
                {
                    Granted(outcome);
                    _completed = true;
                    var saga = Now + TimeSpan.FromSeconds(95);
                    if (_expiresAt < saga) _expiresAt = saga;
                }
                else Expect(_answer == InvitationState.Open ? RefusalCode.GuardianPending : RefusalCode.GuardianRequired, outcome);
                break;
            case GuardianAct.View:
                var view = await _minor.View();
                if (!Lives) Expect(RefusalCode.RegistrationExpired, view);
                else
                {
                    Learns();
                    Assert.Equal((_completed ? RegistrationState.Completed : _answer == InvitationState.Open ? RegistrationState.AwaitingGuardian : RegistrationState.Verified, _expiresAt),
                        (Granted(view).State, Granted(view).ExpiresAt));
                }
                break;
            case GuardianAct.Nudge:
                await _cluster.Guarded(_minor).GuardianAnswered();
                if (Lives) Learns();
                break;
            case GuardianAct.Hour: _cluster.Clock.Advance(TimeSpan.FromHours(1)); break;
            case GuardianAct.Day: _cluster.Clock.Advance(TimeSpan.FromDays(1)); break;
            case GuardianAct.Restart:
                await _cluster.Forget(_minor.Registration);
                if (_guardian is not null) await _cluster.Forget(_guardian.Invitation, _guardian.ContactActor);
                break;
            case GuardianAct.Sweep:
                await _cluster.Sweep();
                await _cluster.Wake();
                if (!Lives) await _cluster.Forget(_minor.Registration);
                if (_guardian is not null && Now >= _invitationUntil) await _cluster.Forget(_guardian.Invitation);
                break;
        }
    }

    public async Task CheckTheEnd()
    {
        Assert.Equal(_completed ? _minor.Account : (Guid?)null, (await _minor.Identifier.Standing()).Owner);
        if (!_completed) return;
        var account = _cluster.Grains.GetGrain<Accounts.IAccountGrain>(Accounts.AccountKeys.Of(_minor.Account));
        Assert.True((await account.Use(new Consent.UseReport { ServiceType = "compute", Operation = "start" })).Value!.Standing == Accounts.AccountStanding.Good, "a guardian stands");
    }

    /// <summary>The attempt hears of an answer when it is asked; only then does an agreement lengthen its life.</summary>
    private InvitationState Learns()
    {
        if (!_completed && _answer == InvitationState.Accepted && _agreedAt + Answers > _expiresAt) _expiresAt = _agreedAt!.Value + Answers;
        return _answer;
    }

    private ChallengeProven Proof(Guardian guardian) => new()
    {
        Challenge = NewId(), Purpose = ChallengePurpose.Guardian, Subject = GuardianSubjects.Invitation(guardian.Token.Id), Contact = guardian.Contact.Contact,
        IdentifierKey = guardian.Contact.IdentifierKey, ProvenAt = Now, ExpiresAt = Now + TimeSpan.FromMinutes(10), Network = 5,
    };

    private static void Expect<T>(RefusalCode code, Outcome<T> outcome) where T : class => Refused(code, outcome);
}
