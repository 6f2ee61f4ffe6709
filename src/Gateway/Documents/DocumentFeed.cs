using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using AiCloud.Documents.Pages;
using AiCloud.Languages;
using AiCloud.Pages;

namespace AiCloud.Documents;

/// <summary>
/// An Atom feed (RFC 4287) of the two things that happen to a document: a version is announced, and it comes into force. Entries follow from
/// what is published and from the instant asked about, so that every gateway writes the same ones.
/// </summary>
internal static class DocumentFeed
{
    public const string MediaType = "application/atom+xml; charset=utf-8";

    private const string Atom = "http://www.w3.org/2005/Atom";

    /// <summary>A feed is news: older entries stand on the pages.</summary>
    private const int Longest = 100;

    public static byte[] Write(DocumentSet published, DateTimeOffset now, Language language, string address)
    {
        var entries = Entries(published, now).OrderByDescending(entry => entry.Updated).ThenBy(entry => entry.Version.Kind, StringComparer.Ordinal).Take(Longest).ToArray();
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true }))
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteAttributeString("xml", "lang", null, language.Tag());
            xml.WriteElementString("id", Atom, IdOf("feed", language));
            xml.WriteElementString("title", Atom, $"{SiteTexts.Product.In(language)}: {DocumentTexts.Title.In(language)}");
            xml.WriteElementString("updated", Atom, Instant(entries.Length == 0 ? DateTimeOffset.UnixEpoch : entries[0].Updated));
            Link(xml, "self", $"{address}{DocumentPaths.Feed}?lang={language.Tag()}", "application/atom+xml");
            Link(xml, "alternate", $"{address}/documents", "text/html");
            xml.WriteStartElement("author", Atom);
            xml.WriteElementString("name", Atom, SiteTexts.Product.In(language));
            xml.WriteEndElement();
            foreach (var entry in entries) Write(xml, entry, language, address);
            xml.WriteEndElement();
        }
        return bytes.ToArray();
    }

    private static IEnumerable<Entry> Entries(DocumentSet published, DateTimeOffset now)
    {
        foreach (var kind in published.Kinds)
        {
            DocumentVersion? former = null;
            foreach (var version in published.Versions(kind).OrderBy(version => version.EffectiveAt))
            {
                // A kind's first version is in force on publication: nothing was announced before.
                if (version.AnnouncedAt < version.EffectiveAt) yield return new(version, former, Standing.Announced, version.AnnouncedAt);
                if (version.EffectiveAt <= now) yield return new(version, former, Standing.InForce, version.EffectiveAt);
                former = version;
            }
        }
    }

    private static void Write(XmlWriter xml, Entry entry, Language language, string address)
    {
        var (version, former, happened, updated) = entry;
        xml.WriteStartElement("entry", Atom);
        xml.WriteElementString("id", Atom, IdOf($"{happened} {version.Kind} {version.Version} {version.Sha256}", language));
        xml.WriteElementString("title", Atom, Clean(string.Format(CultureInfo.InvariantCulture,
            (happened == Standing.Announced ? DocumentTexts.FeedAnnounced : DocumentTexts.FeedInForce).In(language),
            version.Titles[language.Tag()], DocumentTexts.Label(version.Version), Words.InChina(version.EffectiveAt, language))));
        xml.WriteElementString("updated", Atom, Instant(updated));
        xml.WriteElementString("published", Atom, Instant(updated));
        Link(xml, "alternate", address + DocumentPaths.Page(version), "text/html");
        if (former is not null) Link(xml, "related", address + DocumentPaths.Comparison(former, version), "text/html");
        var summary = version.Summary.GetValueOrDefault(language.Tag(), "");
        xml.WriteElementString("summary", Atom, Clean($"{summary}{(summary.Length == 0 ? "" : "\n")}SHA-256 {version.Sha256}"));
        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string relation, string address, string type)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    // A name-based UUID (RFC 9562 §5.8): the same on every gateway and under every address, for ever.
    private static string IdOf(string name, Language language)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"aicloud document feed\n{language.Tag()}\n{name}")).AsSpan(0, 16).ToArray();
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return $"urn:uuid:{new Guid(bytes, bigEndian: true)}";
    }

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    // XML has no way to write a control character or half a surrogate pair.
    private static string Clean(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) kept.Append(text, i++, 2);
            else if (XmlConvert.IsXmlChar(text[i])) kept.Append(text[i]);
        }
        return kept.ToString();
    }

    private sealed record Entry(DocumentVersion Version, DocumentVersion? Former, Standing Happened, DateTimeOffset Updated);
}
