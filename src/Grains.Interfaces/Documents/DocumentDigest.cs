using System.Security.Cryptography;
using System.Text;

namespace AiCloud.Documents;

/// <summary>
/// The digest that names a text. SHA-256 over, for each language tag in ordinal order: the tag in UTF-8, a line feed, the length of the text's
/// UTF-8 form in bytes as decimal digits, a line feed, and that form itself. Lower-case hex.
/// </summary>
public static class DocumentDigest
{
    /// <summary>Computes it.</summary>
    public static string Of(IReadOnlyDictionary<string, string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (tag, text) in texts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{tag}\n{bytes.Length}\n")));
            hash.AppendData(bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
