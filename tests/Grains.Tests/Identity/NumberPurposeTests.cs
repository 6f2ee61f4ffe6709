using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Identifiers;
using AiCloud.Registration;
using AiCloud.Storage;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Identity;

/// <summary>The authority on numbers is told a number only while the text in force names it (L-03: a processor not listed is not used).</summary>
public sealed class NumberPurposeTests(UnnamedPurposes cluster) : IClassFixture<UnnamedPurposes>
{
    private static int _numbers;

    [Fact]
    public async Task L_03_a_number_leaves_the_house_only_once_the_text_in_force_has_the_purpose()
    {
        var named = await cluster.Announce("1.1", ProcessingPurposes.NumberStanding);
        var (waiting, asked) = (await Registered(), await Registered());
        await cluster.Rewrite<AccountState>("account", AccountKeys.Of(waiting.Account), UnusedFor(100));
        await cluster.Rewrite<AccountState>("account", AccountKeys.Of(asked.Account), UnusedFor(100));
        cluster.Clock.Advance(named.EffectiveAt - cluster.Now - TimeSpan.FromMinutes(1));

        // As where there is no authority: nobody knows, and the number stays with its owner for a time that the answer names.
        Assert.Equal(TimeSpan.FromDays(7), Refused(RefusalCode.NumberChangeUnknown, await NotMine(await Claimant(waiting, cluster.Texts.Single(text => text.Kind == DocumentCatalog.PrivacyKind).Reference))).RetryAfter);
        Assert.Equal(0, cluster.Authority.Asked);
        Assert.Null((await Row(waiting)).Numbers!.Claims.Single().HandedOverAt);

        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RegistrationState.Verified, Granted(await NotMine(await Claimant(asked, named.Reference))).State);
        Assert.Equal(1, cluster.Authority.Asked);
    }

    private static Func<AccountState, AccountState> UnusedFor(int days) => state => state with
    {
        Contacts = [.. state.Contacts.Select(contact => contact with { ProvenAt = contact.ProvenAt.AddDays(-days), UsedAt = null })],
    };

    private Task<Outcome<RegistrationView>> NotMine(Registrant person) => cluster.Grains.GetGrain<IRegistrationNotMine>(person.Id).NotMine(person.Proof);

    private async Task<Registrant> Registered()
    {
        var person = await cluster.NewPerson(new Identifier(IdentifierKind.Phone, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"+86137{Interlocked.Increment(ref _numbers):D8}"))).SignUp();
        await cluster.Forget(person.AccountActor);
        return person;
    }

    private async Task<Registrant> Claimant(Registrant old, DocumentReference privacy)
    {
        var claimant = cluster.NewPerson(old.Contact);
        Granted(await claimant.Start(consent: privacy));
        Assert.Equal(RegistrationState.AccountExists, Granted(await claimant.Verify(await claimant.Code())).State);
        return claimant;
    }

    private async Task<AccountState> Row(Registrant person)
    {
        var row = new KeptRow<AccountState>();
        await cluster.State.ReadStateAsync("account", GrainId.Create("account", AccountKeys.Of(person.Account)), row);
        return row.State;
    }
}
