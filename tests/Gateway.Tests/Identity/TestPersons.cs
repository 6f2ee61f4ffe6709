using System.Globalization;
using AiCloud.Live;

namespace AiCloud.Identity;

/// <summary>People of the development check, each with a certificate that nobody had before.</summary>
internal static class TestPersons
{
    private static int _cards;

    public static string NewCard(string born = "1990-02-28")
    {
        var number = Interlocked.Increment(ref _cards);
        var body = string.Create(CultureInfo.InvariantCulture, $"11{number % 10000:D4}{born.Replace("-", "", StringComparison.Ordinal)}{1 + number / 10000:D3}");
        return body + CertificateParsing.CheckCharacter(body);
    }

    public static object Body(string? number = null, string name = "测试通过") => new { method = "certificate", kind = "resident_id_card", number = number ?? NewCard(), name };

    public static async Task Consent(LiveGateway gateway, string session, bool given = true)
    {
        var privacy = gateway.InForce("privacy-agreement");
        (await gateway.Send(HttpMethod.Put, "/v1/account/consents/identity-check", new { given, document = new { privacy.Kind, privacy.Version, privacy.Sha256 } }, session)).Is(200);
    }

    /// <summary>Somebody who registered and consented.</summary>
    public static async Task<string> Consenting(LiveGateway gateway)
    {
        var session = await Visitor.ByPhone(gateway).Registered();
        await Consent(gateway, session);
        return session;
    }
}
