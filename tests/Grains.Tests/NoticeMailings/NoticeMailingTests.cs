using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Identifiers;
using AiCloud.Staff;
using static AiCloud.Registration.Registrant;

namespace AiCloud.NoticeMailings;

/// <summary>Telling every account of an announced version by message (C2.5b).</summary>
public sealed class NoticeMailingTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private static readonly StaffActor Staff = new() { Staff = "s" };

    [Fact]
    public async Task C2_5b_every_account_is_told_once_in_its_language_and_the_ledger_says_when_whatever_crashes_in_between()
    {
        var people = new List<Registration.Registrant>();
        for (var i = 0; i < 5; i++)
        {
            var person = await cluster.NewPerson().Prove();
            Granted(await person.Complete());
            people.Add(person);
            Assert.True(await person.AccountActor.Flush()); // listed in the directory
        }
        var prepared = await cluster.NewPerson().Prove(); // no account: nobody to tell
        var version = await cluster.Grains.Announce("violation-rules", "2.0");
        var mailing = cluster.Grains.GetGrain<INoticeMailingGrain>(NoticeMailingKeys.Of(version.Kind, version.Version));
        Assert.Equal(RefusalCode.NotFound, (await mailing.Progress()).Refusal?.Code);
        Granted(await mailing.Start(Staff, 2));
        Granted(await mailing.Steer(null, paused: true)); // from here on by hand, not by the timer
        var before = Granted(await mailing.Progress());
        Assert.Equal(NoticeMailingPhase.Paused, before.Phase);
        Assert.Equal(0, await mailing.GoOn());

        Granted(await mailing.Steer(perSecond: 2, paused: false));
        while (Granted(await mailing.Progress()).Phase == NoticeMailingPhase.Running)
        {
            await cluster.Forget(mailing); // as after a crash: it goes on where it was
            await mailing.GoOn();
        }
        var end = Granted(await mailing.Progress());
        Assert.Equal((NoticeMailingPhase.Finished, 5, 0, 0), (end.Phase, end.Told, end.Passed, end.Failed));
        foreach (var person in people)
        {
            var message = Assert.Single(cluster.Delivery.Notices, message => message.IdentifierKey == person.IdentifierKey);
            Assert.Contains("2.0", message.Text, StringComparison.Ordinal);
            Assert.Equal(ChangeNoticeResult.Passed, await person.AccountActor.Tell(Notice(version)));
        }
        Assert.Equal(5, cluster.Delivery.Notices.Count);
        Assert.DoesNotContain(cluster.Delivery.Notices, message => message.IdentifierKey == prepared.IdentifierKey);
    }

    [Fact]
    public async Task C2_5b_nobody_is_told_of_what_is_not_announced_or_is_in_force_and_a_withdrawal_ends_it()
    {
        var unknown = cluster.Grains.GetGrain<INoticeMailingGrain>(NoticeMailingKeys.Of("cancellation-rules", "9"));
        Assert.Equal(RefusalCode.NotFound, (await unknown.Start(Staff, 1)).Refusal?.Code);
        var first = cluster.Grains.GetGrain<INoticeMailingGrain>(NoticeMailingKeys.Of("cancellation-rules", "1.0"));
        Assert.Equal(RefusalCode.AlreadyInForce, (await first.Start(Staff, 1)).Refusal?.Code);

        var version = await cluster.Grains.Announce("cancellation-rules", "2.0");
        var mailing = cluster.Grains.GetGrain<INoticeMailingGrain>(NoticeMailingKeys.Of(version.Kind, version.Version));
        Granted(await mailing.Start(Staff, 1));
        Assert.Equal(Granted(await mailing.Progress()).StartedAt, Granted(await mailing.Start(Staff, 9)).StartedAt);
        var document = cluster.Grains.GetGrain<IDocumentGrain>(version.Kind);
        Granted(await document.Withdraw("w1", "2.0", Amendments.Author));
        Granted(await document.Withdraw("w2", "2.0", Amendments.Announcer));
        await mailing.GoOn();
        Assert.Equal(NoticeMailingPhase.Overtaken, Granted(await mailing.Progress()).Phase);
    }

    [Fact]
    public void An_account_that_cannot_be_asked_holds_its_place_until_it_is_given_up_alone()
    {
        (string, ChangeNoticeResult?)[] answers = [("a", ChangeNoticeResult.Told), ("b", null), ("c", ChangeNoticeResult.Told), ("d", null)];
        var state = new NoticeMailingState().Asked(answers, giveUp: false);
        Assert.Equal(("a", 1, 0), (state.After, state.Told, state.Failed));
        state = state.Asked(answers[1..], giveUp: true);
        Assert.Equal(("c", 2, 1), (state.After, state.Told, state.Failed));
    }

    private static ChangeNotice Notice(DocumentVersion version) => new() { Document = version.Reference, Titles = version.Titles, EffectiveAt = version.EffectiveAt };
}
