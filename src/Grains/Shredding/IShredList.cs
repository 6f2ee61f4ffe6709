namespace AiCloud.Shredding;

/// <summary>
/// The list of accounts that were shredded, kept outside the database and its backups, so that a restore can end them again before it serves (C2.5e). It
/// holds ids and instants and nothing of anybody.
/// </summary>
public interface IShredList
{
    /// <summary>Notes an account, durably. Noting one twice is the same as once.</summary>
    Task Add(string account, DateTimeOffset at, CancellationToken cancellation = default);
}
