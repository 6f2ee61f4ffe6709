using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Registration;
using AiCloud.Storage;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Consent;

/// <summary>The first act of use after a version came into force, through the actors (C2.5c).</summary>
public sealed class UseTests(AmendedCluster cluster) : IClassFixture<AmendedCluster>
{
    [Fact]
    public async Task C2_5c_the_first_use_after_the_instant_is_recorded_with_its_proof_and_the_second_writes_nothing()
    {
        var person = await cluster.Registered();
        var announced = await cluster.Announce(Agreement.Contract);
        var shownAt = cluster.Now;
        Assert.Equal([announced.Version], Granted(await person.AccountActor.View(person.Session)).NoticeDue.Select(due => due.Document.Version));
        var noted = cluster.Writes(person);
        Granted(await person.AccountActor.View(person.Session)); // shown again: the first time counts, and nothing more is kept
        Assert.Equal(noted, cluster.Writes(person));
        cluster.Clock.Advance(TimeSpan.FromDays(1));
        Granted(await person.AccountActor.View(person.Session));

        cluster.MoveTo(announced.EffectiveAt.AddMilliseconds(-1));
        await Use(person);
        Assert.Empty(await Deemed(person));
        cluster.MoveTo(announced.EffectiveAt);
        await Use(person);
        var deemed = Assert.Single(await Deemed(person));
        Assert.Equal((announced.Reference, announced.EffectiveAt, "account_change", person.Session.Session, "api"),
            (deemed.Document, deemed.AcceptedAt, deemed.Act, deemed.Session, deemed.Channel));
        Assert.Equal((announced.AnnouncedAt, announced.EffectiveAt, shownAt), (deemed.Notice!.AnnouncedAt, deemed.Notice.EffectiveAt, deemed.NoticeShownAt));
        Assert.Empty(Granted(await person.AccountActor.View(person.Session)).NoticeDue);

        var before = cluster.Writes(person);
        Granted(await person.AccountActor.GoOn(Acting(person, ActsOfUse.GoOn)));
        Assert.Equal(before, cluster.Writes(person));
    }

    [Fact]
    public async Task C2_5c_uses_at_the_same_time_from_many_sides_record_it_once()
    {
        var person = await cluster.Registered();
        var announced = await cluster.Announce(Agreement.Rules);
        cluster.MoveTo(announced.EffectiveAt);
        var sessions = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => cluster.SignIn(person)));
        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Factory.StartNew(() => Repeatable.Call(() => (i % 3) switch
        {
            0 => Checked(person.AccountActor.Use(Report())),
            1 => Checked(person.AccountActor.GoOn(sessions[i % 8] with { Act = Act(ActsOfUse.GoOn) })),
            _ => Checked(person.AccountActor.Change(sessions[i % 8] with { Act = Act(ActsOfUse.AccountChange) }, new ChangeAccount { Locale = i % 2 == 0 ? "en" : "zh-CN" })),
        }), TaskCreationOptions.LongRunning).Unwrap()));
        Assert.Equal(announced.Reference, Assert.Single(await Deemed(person)).Document);
    }

    [Fact]
    public async Task C2_5c_another_service_reports_use_and_a_question_is_none()
    {
        var person = await cluster.Registered();
        var announced = await cluster.Announce(Agreement.Contract);
        cluster.MoveTo(announced.EffectiveAt);
        var asked = Granted(await person.AccountActor.Use(Report() with { Used = false }));
        Assert.Equal((AccountStanding.Good, true), (asked.Standing, asked.Allowed));
        Assert.Contains(asked.NoticeDue, due => due.Document == announced.Reference && due.InForce);
        Assert.Empty(await Deemed(person));
        Assert.Empty(Granted(await person.AccountActor.Use(Report())).NoticeDue);
        var deemed = Assert.Single(await Deemed(person), acceptance => acceptance.Document == announced.Reference);
        Assert.Equal(("service_use", "service:storage/upload", "service", (DateTimeOffset?)null), (deemed.Act, deemed.Session, deemed.Channel, deemed.NoticeShownAt));
    }

    [Theory]
    [InlineData("", "upload")]
    [InlineData("storage", "+8613800138000")]
    [InlineData("Storage", "upload")]
    [InlineData("storage", "a@example.com")]
    public async Task A_report_is_no_place_for_personal_data(string service, string operation)
    {
        var person = await cluster.Registered();
        await Assert.ThrowsAsync<ArgumentException>(() => person.AccountActor.Use(new UseReport { ServiceType = service, Operation = operation, Used = true }));
    }

    [Fact]
    public async Task A_use_of_an_account_that_is_not_open_is_none()
    {
        var nobody = cluster.Grains.GetGrain<IAccountGrain>(AccountKeys.Of(Guid.CreateVersion7()));
        Refused(RefusalCode.NotFound, await nobody.Use(Report()));
        Assert.False(await cluster.HasRow("account", nobody.GetPrimaryKeyString()));
    }

    [Fact]
    public async Task C2_5c_nothing_but_an_act_of_use_accepts_anything()
    {
        var person = await cluster.Registered();
        var announced = await cluster.Announce(Agreement.Rules);
        cluster.MoveTo(announced.EffectiveAt);
        var session = await cluster.SignIn(person);
        Granted(await person.AccountActor.View(session));
        Granted(await person.AccountActor.Acceptances(session));
        Granted(await person.AccountActor.Sessions(session));
        Granted(await person.AccountActor.Consents(session));
        Granted(await person.AccountActor.EndSessions(session, new SessionSelection { Id = "another" }));
        await person.AccountActor.Credential();
        await person.AccountActor.Settle();
        Granted(await person.AccountActor.Change(session, new ChangeAccount { Locale = "zh-CN" })); // what no endpoint marked as one
        Assert.Empty(await Deemed(person));
    }

    [Theory]
    [InlineData(WriteFault.Before)]
    [InlineData(WriteFault.After)]
    public async Task C2_5c_whatever_happens_to_the_write_it_is_recorded_once(WriteFault fault)
    {
        var person = await cluster.Registered();
        var announced = await cluster.Announce(Agreement.Contract);
        cluster.MoveTo(announced.EffectiveAt);
        cluster.Faults.FailNext("account", AccountKeys.Of(person.Account), fault);
        await Assert.ThrowsAnyAsync<Exception>(() => Use(person));
        Assert.Equal(fault == WriteFault.After ? 1 : 0, (await Deemed(person)).Count(acceptance => acceptance.Document == announced.Reference));
        await Use(person);
        Assert.Single(await Deemed(person), acceptance => acceptance.Document == announced.Reference);
    }

    [Fact]
    public async Task C2_5c_it_is_kept_with_what_the_act_writes_anyway_in_one_statement()
    {
        var person = await cluster.Registered();
        var announced = await cluster.Announce(Agreement.Contract);
        var second = await cluster.Announce(Agreement.Rules);
        cluster.MoveTo(second.EffectiveAt);
        var before = cluster.Writes(person);
        await Use(person); // a name, the day of last use, two acceptances
        Assert.Equal(before + 1, cluster.Writes(person));
        Assert.Equal([announced.Reference, second.Reference], (await Deemed(person)).Select(acceptance => acceptance.Document));

        var third = await cluster.Announce(Agreement.Contract);
        cluster.MoveTo(third.EffectiveAt);
        before = cluster.Writes(person);
        Granted(await person.AccountActor.GoOn(Acting(person, ActsOfUse.GoOn))); // an act that writes nothing else
        Assert.Equal(before + 1, cluster.Writes(person));
    }

    private static async Task Use(Registrant person) =>
        Granted(await person.AccountActor.Change(Acting(person, ActsOfUse.AccountChange), new ChangeAccount { DisplayName = Guid.NewGuid().ToString("N") }));

    private static async Task<Acceptance[]> Deemed(Registrant person) =>
        [.. Granted(await person.AccountActor.Acceptances(person.Session)).Select(view => view.Acceptance).Where(acceptance => acceptance.Manner == AcceptanceManner.Deemed)];

    private static SessionProof Acting(Registrant person, string kind) => person.Session with { Act = Act(kind) };

    private static ActOfUse Act(string kind) => new() { Kind = kind, Language = "en", Channel = "api", Network = 7 };

    private static UseReport Report() => new() { ServiceType = "storage", Operation = "upload", Used = true };

    private static async Task<bool> Checked<T>(Task<Outcome<T>> call) where T : class
    {
        Granted(await call);
        return true;
    }
}
