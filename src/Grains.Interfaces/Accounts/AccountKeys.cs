namespace AiCloud.Accounts;

/// <summary>Keys of account actors.</summary>
public static class AccountKeys
{
    /// <summary>The actor's key: the UUIDv7 without dashes.</summary>
    public static string Of(Guid account) => account.ToString("N");
}
