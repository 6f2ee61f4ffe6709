using AiCloud.Accounts;
using AiCloud.Documents;

namespace AiCloud.Consent;

/// <summary>Texts and accounts for decisions that touch no actor. Day 0 is when everything began; versions come into force on whole days.</summary>
internal static class Agreement
{
    public const string Contract = "registration-agreement", Privacy = DocumentCatalog.PrivacyKind, Rules = "violation-rules";

    public static readonly DateTimeOffset Day0 = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset Day(double day) => Day0.AddDays(day);

    public static DocumentVersion Version(string kind, string label, double day, DocumentClass @class = DocumentClass.Contract, params ProcessingPurpose[] table) =>
        TestTexts.Make(kind, label, Day(day), required: kind != Rules, kind == Contract ? [Rules] : []) with
        {
            AnnouncedAt = day == 0 ? Day0 : Day(day - 7),
            Class = @class,
            Processing = table,
            Summary = new() { ["en"] = $"What {label} changes", ["zh-CN"] = $"{label} 的变更" },
        };

    public static DocumentSet Published(params DocumentVersion[] versions) => new(versions.GroupBy(version => version.Kind)
        .ToDictionary(kind => kind.Key, kind => (IReadOnlyList<DocumentVersion>)[.. kind.OrderBy(version => version.EffectiveAt)]));

    /// <summary>Contract, rules and privacy agreement 1.0, the last with the table given, then what is added.</summary>
    public static DocumentSet Amended(ProcessingPurpose[] table, params DocumentVersion[] added) =>
        Published([Version(Contract, "1.0", 0), Version(Rules, "1.0", 0), Version(Privacy, "1.0", 0, DocumentClass.Processing, table), .. added]);

    /// <summary>Somebody who registered on day 1 under what was in force then.</summary>
    public static AccountState Registered(DocumentSet published)
    {
        DocumentReference InForce(string kind) => published.InForce(kind, Day(1))!.Reference;
        return new AccountState
        {
            Phase = AccountPhase.Open,
            Acceptances =
            [
                new("1", InForce(Privacy), [], Day(1), AcceptanceManner.Explicit, "registration_start", []),
                new("2", InForce(Contract), [InForce(Rules)], Day(1), AcceptanceManner.Explicit, "registration_completion", [1]),
                new("3", InForce(Privacy), [], Day(1.01), AcceptanceManner.Explicit, "registration_completion", [2]),
            ],
        };
    }

    public static AccountState Deemed(this AccountState state, DocumentVersion version, double day) => state with
    {
        Acceptances = [.. state.Acceptances, new($"{state.Acceptances.Length + 1}", version.Reference, [], Day(day), AcceptanceManner.Deemed, "go_on", [])],
    };

    public static AccountState Decided(this AccountState state, DocumentVersion under, string purpose, bool given, double day, bool withdrawn = false) => state with
    {
        Consents = [.. state.Consents.Where(other => other.Purpose != purpose), new(purpose, given, withdrawn, Day(day), under.Reference, [])],
    };

    public static ProcessingPurpose Purpose(string id, bool necessary, params string[] dataKinds) => Amendments.Purpose(id, necessary, dataKinds);

    public static string Label(this DocumentVersion version) => $"{version.Kind} {version.Version}";
}
