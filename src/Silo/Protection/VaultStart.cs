using System.ComponentModel.DataAnnotations;
using AiCloud.Hosting;
using AiCloud.Storage;
using Dapper;

namespace AiCloud.Protection;

/// <summary>The vault at a start: reachable, and with the key that the database was written with, before anything is read or written under another.</summary>
internal static class VaultStart
{
    private const string Known = "aicloud key check";

    /// <summary>The vault as set; null when none is.</summary>
    public static TransitKeyEncryption? Of(IConfiguration configuration)
    {
        var options = Start.Bound<VaultOptions>(configuration, VaultOptions.Section);
        if (string.IsNullOrWhiteSpace(options.Address)) return null;
        var results = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true))
            throw new StartRefusedException($"{string.Join(':', [VaultOptions.Section, .. results[0].MemberNames.Take(1)])}: {results[0].ErrorMessage}");
        return new TransitKeyEncryption(new TransitClient(options), options.Key);
    }

    /// <summary>Asks for the key, and opens what the database keeps under it. A database that has nothing of it yet gets it.</summary>
    public static async Task Verify(DatabaseSettings settings, TransitKeyEncryption vault, CancellationToken cancellation = default)
    {
        try
        {
            await vault.Renew(cancellation);
            await using var database = Database.Open(settings);
            await using var connection = await database.Membership.OpenConnectionAsync(cancellation);
            var kept = await connection.QuerySingleOrDefaultAsync<(string Epoch, byte[] Wrapped)>("SELECT epoch, wrapped FROM vaultcheck WHERE id = 1");
            if (kept.Epoch is null)
            {
                var made = (await vault.Wrap([(new byte[DataKey.MaterialBytes], Known)], cancellation))[0];
                await connection.ExecuteAsync("INSERT INTO vaultcheck (id, epoch, wrapped) VALUES (1, @KekId, @Bytes) ON CONFLICT (id) DO NOTHING", new { made.KekId, made.Bytes });
                kept = await connection.QuerySingleAsync<(string Epoch, byte[] Wrapped)>("SELECT epoch, wrapped FROM vaultcheck WHERE id = 1");
            }
            if (!vault.Has(kept.Epoch)) throw new KeyRingException(VaultOptions.Section + ":Key", $"the database was written with {kept.Epoch}, which is another key.");
            await vault.Unwrap([new HeldKey("", Known, new WrappedKey { KekId = kept.Epoch, Bytes = kept.Wrapped })], cancellation);
        }
        catch (KeysUnavailableException unavailable)
        {
            throw new StartRefusedException($"{VaultOptions.Section}:Address: {unavailable.Message}");
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            throw new StartRefusedException($"{VaultOptions.Section}:Key: this is not the key that the database was written with.");
        }
    }

    /// <summary>Brings the check under the current version, so that an older one may go.</summary>
    public static async Task Rewrap(Database database, TransitKeyEncryption vault, CancellationToken cancellation)
    {
        await using var connection = await database.Membership.OpenConnectionAsync(cancellation);
        var kept = await connection.QuerySingleAsync<(string Epoch, byte[] Wrapped)>("SELECT epoch, wrapped FROM vaultcheck WHERE id = 1");
        var fresh = (await vault.Rewrap([new HeldKey("", Known, new WrappedKey { KekId = kept.Epoch, Bytes = kept.Wrapped })], cancellation))[0];
        await connection.ExecuteAsync("UPDATE vaultcheck SET epoch = @KekId, wrapped = @Bytes WHERE id = 1", new { fresh.KekId, fresh.Bytes });
    }
}
