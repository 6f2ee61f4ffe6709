using System.ComponentModel.DataAnnotations;
using AiCloud.Audit;
using AiCloud.Operations;
using AiCloud.Protection;
using AiCloud.Staff;
using AiCloud.Storage;
using AiCloud.Tls;

namespace AiCloud.Hosting;

/// <summary>Everything that must hold before a process serves: mode, addresses, folder, keys, schema. Refuses with one line that names the setting.</summary>
internal sealed class Start : IDisposable
{
    public required AccountsOptions Options { get; init; }
    public required HostMode Mode { get; init; }
    public required DatabaseSettings Database { get; init; }
    public required KeyRing Keys { get; init; }

    /// <summary>Where key-encryption keys stand instead of in the ring; null without a vault.</summary>
    public TransitKeyEncryption? Vault { get; init; }

    /// <summary>The file that the ring was read from, and is read from again when it changes.</summary>
    public string? KeyFile { get; init; }

    public required DeliveryMode Delivery { get; init; }
    public required OperationsOptions Operations { get; init; }
    public DataFolder? Folder { get; init; }

    /// <summary>Where acts of staff and of the system are written beside the database.</summary>
    public required AuditSink Audit { get; init; }

    /// <summary>Members of staff to begin with.</summary>
    public required StaffSeeds Staff { get; init; }

    /// <summary>Shown to and asked of other processes; null without TLS between them.</summary>
    public MemberCertificates? Certificates { get; init; }

    public void Dispose()
    {
        Audit.Dispose();
        Folder?.Dispose();
    }

    /// <summary>Nobody but this machine reaches the process.</summary>
    public bool Local { get; private set; }

    /// <summary>
    /// Checks and prepares. <paramref name="listensOn"/>: every address at which others could reach this process. <paramref name="asked"/>: it was asked to end and
    /// waits for nothing more.
    /// </summary>
    public static async Task<Start> Prepare(IConfiguration configuration, IReadOnlyList<string> listensOn, ILoggerFactory logs, CancellationToken asked = default)
    {
        var options = Bound<AccountsOptions>(configuration, AccountsOptions.Section);
        Validate(options.Cluster, AccountsOptions.Section + ":Cluster");
        Telemetry.TelemetryFeature.Check(configuration);
        var operations = Operating(configuration);
        var local = !Safeguards.InKubernetes(configuration) && listensOn.All(Safeguards.IsLoopback);
        var mode = ModeOf(options);
        if (mode == HostMode.Embedded && !local)
        {
            throw new StartRefusedException(
                "AiCloud:Mode: the embedded mode runs on loopback addresses and outside Kubernetes only; set Cluster, or listen on 127.0.0.1.");
        }
        var delivery = options.Delivery.Mode ?? (mode == HostMode.Embedded ? DeliveryMode.Development
            : throw new StartRefusedException("AiCloud:Delivery:Mode: a cluster must say how codes are delivered."));
        if (delivery == DeliveryMode.Development && !local)
        {
            throw new StartRefusedException(
                "AiCloud:Delivery:Mode: development delivery shows codes to whoever asks; it runs on loopback addresses and outside Kubernetes only.");
        }
        var start = mode == HostMode.Embedded ? await Embedded(configuration, options, delivery, operations, logs) : await Cluster(configuration, options, delivery, operations, logs, asked);
        start.Local = local;
        return start;
    }

    private static async Task<Start> Embedded(
        IConfiguration configuration, AccountsOptions options, DeliveryMode delivery, OperationsOptions operations, ILoggerFactory logs)
    {
        var folder = DataFolder.Open(options.DataDirectory);
        AuditSink? audit = null;
        try
        {
            var database = Bound<DatabaseSettings>(configuration, DatabaseSettings.Section);
            if (database.Provider != DatabaseProvider.Sqlite)
                throw new StartRefusedException("AiCloud:Storage:Provider: the embedded mode keeps its state in SQLite; set AiCloud:Mode to Cluster for PostgreSQL.");
            database.File = folder.Database;
            Validate(database, DatabaseSettings.Section);
            var staff = StaffSeeds.Read(Bound<StaffOptions>(configuration, StaffOptions.Section), HostMode.Embedded, folder);
            var isNew = !File.Exists(folder.Database);
            var named = configuration[KeysOptions.Section + ":File"] is { Length: > 0 } file ? file : null;
            var keys = named is not null ? KeyRing.Load(named) : OwnKeys(folder, isNew);
            var vault = VaultStart.Of(configuration);
            audit = OpenAudit(configuration, folder.Path);
            await Opened(database, async () =>
            {
                foreach (var script in await Migrations.Apply(database, logs)) audit.OfSystem("migration.apply", script);
                foreach (var key in await StartKeys.Verify(database, keys)) audit.OfSystem("key.first-use", key);
                if (vault is not null) await VaultStart.Verify(database, vault);
            });
            return new Start
            {
                Options = options, Mode = HostMode.Embedded, Database = database, Keys = keys, KeyFile = named ?? folder.Keys, Vault = vault, Delivery = delivery, Operations = operations, Folder = folder,
                Staff = staff, Audit = audit,
            };
        }
        catch
        {
            audit?.Dispose();
            folder.Dispose();
            throw;
        }
    }

    private static async Task Opened(DatabaseSettings database, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Microsoft.Data.Sqlite.SqliteException failure)
        {
            throw new StartRefusedException($"AiCloud:DataDirectory: {database.File} cannot be used as the database (SQLite error {failure.SqliteExtendedErrorCode}).");
        }
    }

    // A database without its keys is unreadable for good: making new ones would only hide that until it is too late.
    private static KeyRing OwnKeys(DataFolder folder, bool isNew)
    {
        if (isNew && !File.Exists(folder.Keys)) KeyRing.Generate(new CryptographicRandomness()).SaveNew(folder.Keys);
        return KeyRing.Load(folder.Keys);
    }

    private static async Task<Start> Cluster(
        IConfiguration configuration, AccountsOptions options, DeliveryMode delivery, OperationsOptions operations, ILoggerFactory logs, CancellationToken asked)
    {
        var tls = Bound<TlsOptions>(configuration, TlsOptions.Section);
        Validate(tls, TlsOptions.Section);
        var certificates = MemberCertificates.Load(tls);
        var database = ClusterDatabase(configuration);
        var file = configuration[KeysOptions.Section + ":File"];
        if (string.IsNullOrWhiteSpace(file)) throw new StartRefusedException("AiCloud:Keys:File: a cluster needs its key ring file, the same for every process.");
        var staff = StaffSeeds.Read(Bound<StaffOptions>(configuration, StaffOptions.Section), HostMode.Cluster, null);
        var keys = KeyRing.Load(file);
        var vault = VaultStart.Of(configuration);
        var audit = OpenAudit(configuration, null);
        try
        {
            var waiting = new StartPatience(operations.MigrationPatience, logs, asked);
            await waiting.Migrated(database);
            foreach (var key in await waiting.Reached(() => StartKeys.Verify(database, keys))) audit.OfSystem("key.first-use", key);
            if (vault is not null) await waiting.Reached(async () => { await VaultStart.Verify(database, vault); return true; });
        }
        catch
        {
            audit.Dispose();
            throw;
        }
        return new Start
        {
            Options = options, Mode = HostMode.Cluster, Database = database, Keys = keys, KeyFile = file, Vault = vault, Delivery = delivery, Operations = operations, Staff = staff, Certificates = certificates, Audit = audit,
        };
    }

    /// <summary>The second place of the audit, as configured. <paramref name="dataFolder"/>: where the embedded mode keeps everything; null in a cluster.</summary>
    public static AuditSink OpenAudit(IConfiguration configuration, string? dataFolder)
    {
        var given = Bound<AuditOptions>(configuration, AuditOptions.Section).Folder;
        if (given is null && dataFolder is not null) Directory.CreateDirectory(given = Path.Combine(dataFolder, "audit"));
        return AuditSink.Open(given, Bound<ClusterSettings>(configuration, AccountsOptions.Section + ":Cluster").ServiceId, configuration["POD_NAME"]);
    }

    /// <summary>Embedded or cluster, before anything of it is checked.</summary>
    public static HostMode ModeOf(IConfiguration configuration) => ModeOf(Bound<AccountsOptions>(configuration, AccountsOptions.Section));

    private static HostMode ModeOf(AccountsOptions options) => options.Mode ?? HostMode.Embedded;

    /// <summary>How the process is to be run; needed before anything else of it is known.</summary>
    public static OperationsOptions Operating(IConfiguration configuration)
    {
        var operations = Bound<OperationsOptions>(configuration, OperationsOptions.Section);
        Validate(operations, OperationsOptions.Section);
        return operations;
    }

    /// <summary>The cluster's database as configured.</summary>
    public static DatabaseSettings ClusterDatabase(IConfiguration configuration)
    {
        var database = Bound<DatabaseSettings>(configuration, DatabaseSettings.Section);
        database.Provider = DatabaseProvider.PostgreSql;
        Validate(database, DatabaseSettings.Section);
        return database;
    }

    /// <summary>Turns an unreachable or refusing database into one line without what a connection string may hold.</summary>
    public static async Task<T> Reached<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (NotSupportedException tooOld)
        {
            throw new StartRefusedException($"AiCloud:Storage:ConnectionString: {tooOld.Message}");
        }
        catch (Exception failure) when (failure is Npgsql.NpgsqlException or TimeoutException or ArgumentException)
        {
            throw new StartRefusedException($"AiCloud:Storage:ConnectionString: the database cannot be used ({Kind(failure)}).");
        }
    }

    /// <summary>What went wrong with the database, without the words of the driver.</summary>
    public static string Kind(Exception failure) => failure switch
    {
        Npgsql.PostgresException refused => $"{nameof(Npgsql.PostgresException)} {refused.SqlState}",
        System.Net.Sockets.SocketException socket => $"{socket.SocketErrorCode}",
        { InnerException: { } cause } => Kind(cause),
        _ => failure.GetType().Name,
    };

    /// <summary>A section as configured; refuses what cannot be read.</summary>
    public static T Bound<T>(IConfiguration configuration, string section) where T : new()
    {
        try
        {
            return configuration.GetSection(section).Get<T>() ?? new T();
        }
        catch (InvalidOperationException unreadable)
        {
            throw Starting.Unreadable(unreadable, section);
        }
    }

    private static void Validate(object options, string section)
    {
        var results = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true))
            throw new StartRefusedException($"{string.Join(':', [section, .. results[0].MemberNames.Take(1)])}: {results[0].ErrorMessage}");
    }
}
