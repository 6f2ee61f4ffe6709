using AiCloud.Documents;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Guardians;

/// <summary>Nobody is asked for a guardian's data before the text in force says what for, nor after it no longer does (L-03, L-07).</summary>
public sealed class GuardianPurposeTests(UnnamedPurposes cluster) : IClassFixture<UnnamedPurposes>
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task L_03_a_guardian_is_invited_and_accepts_only_while_the_text_in_force_has_the_purpose()
    {
        var named = await cluster.Announce("1.1", ProcessingPurposes.Guardian);
        cluster.Clock.Advance(named.EffectiveAt - cluster.Now - Moment);
        var (minor, guardian) = (await cluster.NewMinor(), new Guardian(cluster));
        Refused(RefusalCode.GuardiansUnavailable, await cluster.Guarded(minor).Invite(guardian.InvitedBy(minor)));
        Assert.Empty(guardian.Messages); // announced is not in force
        Assert.Equal(3, Granted(await minor.View()).Guardian!.InvitationsLeft); // none was spent

        cluster.Clock.Advance(Moment);
        Granted(await cluster.Guarded(minor).Invite(guardian.InvitedBy(minor)));
        Assert.Single(guardian.Messages);

        // Taken out again: who was invited before gives nothing away any more.
        var without = await cluster.Announce("1.2");
        cluster.Clock.Advance(without.EffectiveAt - cluster.Now - TimeSpan.FromHours(1));
        var (late, invited) = (await NewMinor(named), new Guardian(cluster));
        Granted(await cluster.Guarded(late).Invite(invited.InvitedBy(late)));
        await invited.Reads().Proves();
        var word = invited.Word() with { Acceptances = [cluster.Texts.Single(text => text.Kind == "registration-agreement").Reference, named.Reference] };
        cluster.Clock.Advance(without.EffectiveAt - cluster.Now);
        Refused(RefusalCode.GuardiansUnavailable, await invited.Invitation.Accept(word));
        Granted(await invited.Invitation.Decline(invited.No())); // to say no takes nothing
    }

    [Fact]
    public void L_03_whether_the_purpose_is_there_is_decided_by_the_instant_and_unknown_texts_decide_nothing()
    {
        var first = cluster.Texts.Single(text => text.Kind == DocumentCatalog.PrivacyKind);
        var second = first with { Version = "2", EffectiveAt = first.EffectiveAt.AddDays(10), Processing = TestTexts.First.Single(text => text.Kind == DocumentCatalog.PrivacyKind).Processing };
        var published = new DocumentSet(new Dictionary<string, IReadOnlyList<DocumentVersion>> { [DocumentCatalog.PrivacyKind] = [first, second] });
        Assert.Equal(RefusalCode.GuardiansUnavailable, GuardianPurpose.Refuse(published, second.EffectiveAt - Moment)?.Code);
        Assert.Null(GuardianPurpose.Refuse(published, second.EffectiveAt));
        Assert.Equal(RefusalCode.Busy, GuardianPurpose.Refuse(DocumentSet.Empty, second.EffectiveAt)?.Code);
    }

    // Under the text in force, which is not the first any more.
    private async Task<Registration.Registrant> NewMinor(DocumentVersion privacy)
    {
        var minor = cluster.NewPerson();
        Granted(await minor.Start(consent: privacy.Reference));
        Granted(await minor.Verify(await minor.Code()));
        minor.Accepts = [cluster.Texts.Single(text => text.Kind == "registration-agreement").Reference, privacy.Reference];
        minor.BirthDate = Registration.Age.ShanghaiDay(cluster.Now).AddYears(-17);
        Refused(RefusalCode.GuardianRequired, await minor.Complete());
        return minor;
    }
}
