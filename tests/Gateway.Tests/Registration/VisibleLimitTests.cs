using System.Globalization;
using System.Text.RegularExpressions;
using AiCloud.Live;

namespace AiCloud.Registration;

/// <summary>The limits of an attempt that its owner can see (API.md, General; standards H-03).</summary>
public sealed class VisibleLimitTests(SharedGateways gateways)
{
    [Fact]
    public async Task Tries_and_the_wait_for_another_code_are_shown_while_a_code_is_out()
    {
        var gateway = await gateways.Steady;
        var person = Visitor.ByEmail(gateway);
        var before = gateway.Clock.GetUtcNow();
        var started = await person.Start();
        var passed = (int)Math.Ceiling((gateway.Clock.GetUtcNow() - before).TotalSeconds);
        Assert.Equal("\"code\";q=5;w=300, \"resend\";q=1;w=60", started.Header("RateLimit-Policy"));
        var left = Regex.Match(started.Header("RateLimit")!, "^\"code\";r=5;t=([0-9]+), \"resend\";r=0;t=([0-9]+)$").Groups;
        Assert.InRange(int.Parse(left[1].ValueSpan, CultureInfo.InvariantCulture), 300 - passed, 300);
        Assert.InRange(int.Parse(left[2].ValueSpan, CultureInfo.InvariantCulture), 60 - passed, 60);
        var verified = (await person.Answer(await gateway.Code(person.Contact))).Is(200);
        Assert.Null(verified.Header("RateLimit"));
    }
}
