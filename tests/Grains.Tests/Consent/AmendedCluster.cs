using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Registration;
using Microsoft.Extensions.DependencyInjection;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Consent;

/// <summary>Two silos whose texts are amended while people have accounts. Labels count up, since every test amends the same kinds.</summary>
public sealed class AmendedCluster : TwoSilosFixture
{
    private int _label;

    /// <summary>Announces another version of a kind and makes it known in every silo.</summary>
    public async Task<DocumentVersion> Announce(string kind, Func<DraftVersion, DraftVersion>? change = null)
    {
        // Only one announced version of a kind at a time: the one of an earlier test comes into force first.
        var last = (await Grains.GetGrain<IDocumentGrain>(kind).Versions()).Max(published => published.EffectiveAt);
        if (last > Now) MoveTo(last);
        var version = await Grains.Announce(kind, $"2.{Interlocked.Increment(ref _label)}", change);
        foreach (var silo in Cluster.Silos) await Cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<DocumentCatalog>().Renew(default);
        return version;
    }

    public void MoveTo(DateTimeOffset instant) => Clock.Advance(instant - Now);

    /// <summary>Somebody who registered under what is in force now.</summary>
    public async Task<Registrant> Registered()
    {
        var person = new Registrant(this) { Accepts = Required() };
        Granted(await person.Start(consent: Published.InForce(DocumentCatalog.PrivacyKind, Now)!.Reference));
        Granted(await person.Verify(await person.Code()));
        Granted(await person.Complete());
        return person;
    }

    /// <summary>What a registration must accept now.</summary>
    public DocumentReference[] Required() => [.. Published.RequiredAt(Now).Select(required => required.Reference)];

    public async Task<SessionProof> SignIn(Registrant person)
    {
        var id = NewId();
        Granted(await person.AccountActor.SignIn(new SignIn { Operation = NewId(), Session = NewSession(id), MatchedHash = person.PasswordHash }));
        return ProofOf(id);
    }

    /// <summary>How often the person's row was written so far.</summary>
    public int Writes(Registrant person) => Faults.Writes("account", AccountKeys.Of(person.Account));

    private DocumentSet Published => Cluster.GetSiloServiceProvider().GetRequiredService<DocumentCatalog>().Current is { } known && known.Kinds.Any() ? known
        : new DocumentSet(Texts.ToDictionary(text => text.Kind, text => (IReadOnlyList<DocumentVersion>)[text]));
}
