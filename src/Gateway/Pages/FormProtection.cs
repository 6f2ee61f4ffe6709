using System.Xml.Linq;
using AiCloud.Protection;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace AiCloud.Pages;

/// <summary>Anti-forgery for every form (W-02), under keys that all gateways derive alike.</summary>
internal static class FormProtection
{
    public static void AddFormProtection(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddDataProtection().SetApplicationName("aicloud").DisableAutomaticKeyGeneration();
        services.AddOptions<KeyManagementOptions>().Configure<FormKeys>((options, keys) => options.XmlRepository = new DerivedKeys(keys));
        services.AddAntiforgery(options => options.FormFieldName = "form-token");
        services.AddOptions<AntiforgeryOptions>().Configure<IHttpContextAccessor>((options, accessor) => options.Cookie = new FormCookie(accessor));
    }

    /// <summary>The framework's key store, filled from the key ring and never written to.</summary>
    private sealed class DerivedKeys(FormKeys keys) : IXmlRepository
    {
        private const string Reader = "Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel.AuthenticatedEncryptorDescriptorDeserializer, Microsoft.AspNetCore.DataProtection";

        public IReadOnlyCollection<XElement> GetAllElements() => [.. keys.All.Select((key, i) => Element(keys.IdOf(key.Root), key.Key, current: i == 0))];

        public void StoreElement(XElement element, string friendlyName) => throw new InvalidOperationException("Keys of forms follow from the key ring.");

        // Of keys that are active the framework protects with the one activated last.
        private static XElement Element(Guid id, byte[] key, bool current) => new("key", new XAttribute("id", id), new XAttribute("version", 1),
            new XElement("creationDate", "2025-01-01T00:00:00Z"),
            new XElement("activationDate", current ? "2025-01-02T00:00:00Z" : "2025-01-01T00:00:00Z"),
            new XElement("expirationDate", "9999-01-01T00:00:00Z"),
            new XElement("descriptor", new XAttribute("deserializerType", Reader),
                new XElement("descriptor",
                    new XElement("encryption", new XAttribute("algorithm", "AES_256_CBC")),
                    new XElement("validation", new XAttribute("algorithm", "HMACSHA256")),
                    new XElement("masterKey", new XElement("value", Convert.ToBase64String(key))))));
    }

    /// <summary>The anti-forgery cookie by the rules of <see cref="PageCookies"/>: its name depends on the connection.</summary>
    private sealed class FormCookie(IHttpContextAccessor accessor) : CookieBuilder
    {
        public override string? Name
        {
            get => accessor.HttpContext is { } context ? PageCookies.NameOf(context, "form") : "form";
            set { }
        }

        public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom) =>
            new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = PageCookies.IsSecure(context), Path = "/", IsEssential = true };
    }
}
