using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AiCloud.Accounts;

/// <summary>Names of contacts within an account, for addresses and forms. They follow from what is kept anyway and tell nobody else anything.</summary>
internal static class ContactIds
{
    private const int Bytes = 12;

    public static string Of(string account, StoredContact contact) => Of(account, contact.IdentifierKey);

    public static string Of(string account, string identifierKey) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{account}/{identifierKey}")).AsSpan(0, Bytes));
}
