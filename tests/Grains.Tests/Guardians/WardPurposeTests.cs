using AiCloud.Documents;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Guardians;

/// <summary>The same for an account whose guardian is gone, and a standing guardian stays who they are (L-03).</summary>
public sealed class WardPurposeTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    [Fact]
    public async Task L_03_an_account_invites_another_guardian_only_while_the_text_in_force_has_the_purpose()
    {
        var without = await cluster.Grains.Announce(DocumentCatalog.PrivacyKind, "1.1");
        await Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<DocumentCatalog>(cluster.Cluster.GetSiloServiceProvider()).Renew(default);
        cluster.Clock.Advance(without.EffectiveAt - cluster.Now - TimeSpan.FromHours(1));
        var (minor, guardian) = await cluster.SignUpMinor();
        cluster.Clock.Advance(without.EffectiveAt - cluster.Now);
        await guardian.SignsIn();
        var account = cluster.GuardedAccount(minor);
        Granted(await account.GuardianView(guardian.Session));
        Granted(await account.GuardianWithdraw(guardian.Session));
        var another = new Guardian(cluster);
        Refused(RefusalCode.GuardiansUnavailable, await account.Invite(await minor.SignInAnew(), new InviteByWard
        {
            Operation = NewId(), Fingerprint = "invite", To = another.Contact, Network = 9, PageAddress = "https://accounts.example.com",
        }));
        Assert.Empty(another.Messages);
    }
}
