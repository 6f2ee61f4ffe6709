using System.Security.Cryptography;
using AiCloud.Protection;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Pages;

public sealed class FormProtectionTests
{
    private static readonly KeyRing Ring = KeyRing.Generate(new CryptographicRandomness());

    [Fact]
    public void Every_gateway_of_a_ring_reads_what_another_handed_out() =>
        Assert.Equal("a token", Of(Ring).Unprotect(Of(Ring).Protect("a token")));

    [Fact]
    public void A_rotation_of_the_ring_keeps_forms_that_are_being_filled_in()
    {
        var standby = Ring.Add(RingPart.Secrets, new CryptographicRandomness());
        var rotated = standby.Promote(RingPart.Secrets);
        Assert.Equal("a token", Of(rotated).Unprotect(Of(Ring).Protect("a token")));
        Assert.Equal("a token", Of(standby).Unprotect(Of(rotated).Protect("a token"))); // a gateway that has not restarted yet
        Assert.ThrowsAny<CryptographicException>(() => { Of(Ring).Unprotect(Of(rotated).Protect("a token")); }); // the new key is the one in use
    }

    [Fact]
    public void Another_installation_cannot_make_tokens() =>
        Assert.ThrowsAny<CryptographicException>(() => { Of(Ring).Unprotect(Of(KeyRing.Generate(new CryptographicRandomness())).Protect("a token")); });

    private static IDataProtector Of(KeyRing ring)
    {
        var services = new ServiceCollection().AddLogging().AddProtection(ring);
        services.AddFormProtection();
        return services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
    }
}
