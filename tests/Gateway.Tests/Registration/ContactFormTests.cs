using AiCloud.Live;
using AiCloud.Probe;

namespace AiCloud.Registration;

/// <summary>One contact is one person however it is written (H-07, H-08); two ways to write it would be two accounts.</summary>
[Collection(MovingClock.Name)]
public sealed class ContactFormTests(SharedGateways gateways)
{
    [Theory]
    [InlineData("phone", "0086{0}")]
    [InlineData("phone", "86 {0}")]
    [InlineData("phone", "{0}")]
    [InlineData("phone", "＋８６ {0}")]
    [InlineData("phone", "fullwidth")]
    [InlineData("phone", "\u202D+86 {0}\u202C")] // as the address book of a phone hands it over
    [InlineData("phone", "\u200E(+86)\u00A0{0}\u2069")]
    [InlineData("email", "upper")]
    [InlineData("email", " {0} ")]
    public async Task Another_spelling_is_the_same_person_and_learns_it_only_with_the_right_code__C2_2a(string method, string form)
    {
        var gateway = await gateways.Moving;
        var person = Visitor.By(gateway, method);
        await person.Registered();
        gateway.Clock.Advance(TimeSpan.FromMinutes(2)); // the contact's next message leaves at once
        var plain = method == "phone" ? person.Contact[3..] : person.Contact;
        var again = person.Spelt(form switch
        {
            "fullwidth" => string.Concat(plain.Select(digit => (char)(digit + '０' - '0'))),
            "upper" => plain.ToUpperInvariant(),
            _ => string.Format(System.Globalization.CultureInfo.InvariantCulture, form, plain),
        });

        Assert.Equal("code_sent", (await again.Start()).Is(201)["state"]);
        var code = await gateway.Code(person.Contact, messages: 2);
        await (await again.Answer(Visitor.Not(code))).Problem(422, "code_wrong");
        Assert.Equal("account_exists", (await again.Answer(code)).Is(200)["state"]);
        Assert.Equal("account_exists", (await again.Answer(code)).Is(200)["state"]);
        await (await again.Complete()).Problem(409, "account_exists");
        (await person.SignIn(identifier: again.Contact)).Is(201);
    }

    [Theory]
    [InlineData("1380013\u00008000")]
    [InlineData("1380013\n8000")]
    [InlineData("138\u20280013\u20298000")]
    public async Task Control_characters_are_no_way_to_write_a_number(string phone)
    {
        var gateway = await gateways.Moving;
        var refused = await gateway.Post("/v1/registrations", new { method = "phone", phone, privacyConsent = gateway.PrivacyConsent });
        Assert.Equal(["/phone control_character"], (await refused.Problem(422, "invalid")).Errors());
    }
}
