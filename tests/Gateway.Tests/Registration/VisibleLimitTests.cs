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
        var started = await person.Start();
        Assert.Equal("\"code\";q=5;w=300, \"resend\";q=1;w=60", started.Header("RateLimit-Policy"));
        Assert.Matches("^\"code\";r=5;t=(300|29[0-9]|28[0-9]|27[0-9]), \"resend\";r=0;t=(60|5[0-9]|4[0-9]|3[0-9])$", started.Header("RateLimit"));
        var verified = (await person.Answer(await gateway.Code(person.Contact))).Is(200);
        Assert.Null(verified.Header("RateLimit"));
    }
}
