using AiCloud.Staff;
using Xunit;

namespace AiCloud.Documents;

/// <summary>Two members of staff who publish new versions of the test texts.</summary>
public static class Amendments
{
    /// <summary>Drafts.</summary>
    public static readonly StaffActor Author = new() { Staff = "author" };

    /// <summary>Announces.</summary>
    public static readonly StaffActor Announcer = new() { Staff = "announcer" };

    /// <summary>A processing table of one necessary and one optional purpose.</summary>
    public static readonly ProcessingPurpose[] Table =
    [
        Purpose("account", necessary: true, "phone", "email"),
        Purpose("newsletter", necessary: false, "email"),
    ];

    /// <summary>A row of the processing table.</summary>
    public static ProcessingPurpose Purpose(string id, bool necessary, params string[] dataKinds) => new()
    {
        Id = id,
        Purpose = new() { ["en"] = $"Purpose {id}", ["zh-CN"] = $"目的 {id}" },
        DataKinds = dataKinds,
        Recipients = [],
        Retention = new() { ["en"] = "As long as the account", ["zh-CN"] = "账户存续期间" },
        Necessary = necessary,
        Functions = necessary ? ["account_change"] : [],
    };

    /// <summary>A draft with texts of its own.</summary>
    public static DraftVersion Draft(string kind, string version, DocumentClass @class = DocumentClass.Contract) => new()
    {
        Version = version,
        Texts = new() { ["en"] = $"# {kind} {version}", ["zh-CN"] = $"# {kind} {version}（示例）" },
        Summary = new() { ["en"] = $"What {version} changes", ["zh-CN"] = $"{version} 的变更" },
        Class = kind == DocumentCatalog.PrivacyKind ? DocumentClass.Processing : @class,
        Ground = DocumentGround.Business,
        Processing = kind == DocumentCatalog.PrivacyKind ? Table : [],
    };

    /// <summary>Drafts and announces a version. In force seven days after the database's present instant.</summary>
    public static async Task<DocumentVersion> Announce(this IGrainFactory grains, string kind, string version, Func<DraftVersion, DraftVersion>? change = null)
    {
        var grain = grains.GetGrain<IDocumentGrain>(kind);
        var draft = await grain.Draft($"draft {kind} {version}", change is null ? Draft(kind, version) : change(Draft(kind, version)), Author);
        Assert.Null(draft.Refusal);
        var announced = await grain.Announce($"announce {kind} {version}", version, Announcer);
        Assert.Null(announced.Refusal);
        return (await grain.Versions()).Single(published => published.Version == version);
    }
}
