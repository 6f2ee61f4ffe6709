using System.Text;
using System.Xml;
using AiCloud.Problems;
using AiCloud.Requests;
using AiCloud.Staff;

namespace AiCloud.Documents;

/// <summary>Publishing: one member writes, another announces, and it takes two to withdraw (C2.5a).</summary>
internal sealed class StaffDocumentDesk(IGrainFactory grains, StaffDesk staff, DocumentCatalog catalog)
{
    /// <summary>Either of the roles that have to do with documents.</summary>
    private const string AnyDocuments = StaffRoles.WriteDocuments + " " + StaffRoles.AnnounceDocuments;

    private static readonly TimeSpan Least = TimeSpan.FromDays(7), Most = TimeSpan.FromDays(365);

    public async Task<Answer<ManagedVersion>> Draft(BearerToken bearer, OperationId operation, string kind, DraftRequest request, CancellationToken cancellation)
    {
        if (!IsKnown(kind)) return ProblemCode.NotFound;
        var after = Period(request.EffectiveAfter);
        if (Check(kind, request, after, await IsFirst(kind, cancellation)) is { } fault) return fault;
        var draft = new DraftVersion
        {
            Version = request.Version,
            Titles = request.Titles?.ByTag ?? [],
            Texts = request.Content.ByTag,
            Summary = request.Summary?.ByTag ?? [],
            Class = ClassOf(request.Class),
            Ground = request.Ground == "law" ? DocumentGround.Law : DocumentGround.Business,
            Prevails = request.Prevails,
            EffectiveAfter = after,
            Processing = [.. (request.Processing ?? []).Select(row => row.Purposed)],
            Required = request.Required,
            Incorporates = request.Incorporates,
        };
        var deed = new StaffDeed(StaffRoles.WriteDocuments, "document.draft", $"{kind}/{request.Version}", operation);
        return await staff.Act(bearer, deed, async (author, id) => Placed(await Repeatable.Call(
            () => Grain(kind).Draft(id, draft, author.Standing.Actor, cancellation))), null, cancellation);
    }

    public Task<Answer<ManagedVersion>> Announce(BearerToken bearer, OperationId operation, string kind, string version, CancellationToken cancellation) =>
        Act(bearer, new StaffDeed(StaffRoles.AnnounceDocuments, "document.announce", $"{kind}/{version}", operation), kind,
            (grain, id, actor) => grain.Announce(id, version, actor, cancellation), null, cancellation);

    public Task<Answer<ManagedVersion>> Withdraw(BearerToken bearer, OperationId operation, string kind, string version, CancellationToken cancellation) =>
        Act(bearer, new StaffDeed(AnyDocuments, "document.withdraw", $"{kind}/{version}", operation), kind,
            (grain, id, actor) => grain.Withdraw(id, version, actor, cancellation), view => view.Status == DocumentStatus.Withdrawn ? IAuditLog.Done : "proposed", cancellation);

    /// <summary>Every version of a kind: those that staff drafted, and what came with the product.</summary>
    public async Task<Answer<KindVersions>> Versions(BearerToken bearer, string kind, CancellationToken cancellation)
    {
        var member = await staff.Authorize(bearer, AnyDocuments, "document.list", kind, cancellation);
        if (member.Problem is { } problem) return problem;
        if (!IsKnown(kind)) return ProblemCode.NotFound;
        var managed = await Repeatable.Call(() => Grain(kind).Managed(cancellation));
        return new KindVersions(managed, await Repeatable.Call(() => Grain(kind).Versions(cancellation)));
    }

    private Task<Answer<ManagedVersion>> Act(
        BearerToken bearer, StaffDeed deed, string kind, Func<IDocumentGrain, string, StaffActor, Task<Outcome<ManagedVersion>>> act,
        Func<ManagedVersion, string>? outcome, CancellationToken cancellation) =>
        staff.Act(bearer, deed, async (member, id) =>
            IsKnown(kind) ? Answer<ManagedVersion>.From(await Repeatable.Call(() => act(Grain(kind), id, member.Standing.Actor))) : ProblemCode.NotFound, outcome, cancellation);

    // This process's copy may not have heard yet of a version that was announced a moment ago; the actor has.
    private async Task<bool> IsFirst(string kind, CancellationToken cancellation) =>
        catalog.Current.Versions(kind).Count == 0 && (await Repeatable.Call(() => Grain(kind).Versions(cancellation))).Length == 0;

    // What the actor would refuse too, but here with the member and the line at fault.
    private Problem? Check(string kind, DraftRequest request, TimeSpan? after, bool isFirst)
    {
        if (Encoding.UTF8.GetByteCount(request.Content.ZhCn) + Encoding.UTF8.GetByteCount(request.Content.En) > DraftVersion.LongestTexts)
            return Problem.At("/content", ProblemCode.PayloadTooLarge);
        if (after is { } period && (period < Least || period > Most)) return Problem.At("/effectiveAfter", ProblemCode.EffectiveTooSoon);
        var errors = new List<FieldError>();
        foreach (var (tag, text) in request.Content.ByTag)
            errors.AddRange(string.IsNullOrWhiteSpace(text) ? [new($"/content/{tag}", FieldFault.Required)] : MarkdownCheck.Faults($"/content/{tag}", text));
        if (!isFirst && request.Summary is null) errors.Add(new("/summary", FieldFault.Required));
        if (isFirst && request.Titles is null) errors.Add(new("/titles", FieldFault.Required));
        if (kind == DocumentCatalog.PrivacyKind && request.Processing is not { Length: > 0 }) errors.Add(new("/processing", FieldFault.Required));
        if (kind != DocumentCatalog.PrivacyKind && request.Processing is { Length: > 0 }) errors.Add(new("/processing", FieldFault.Refused));
        foreach (var (i, other) in (request.Incorporates ?? []).Index())
            if (!IsKnown(other) || other == kind) errors.Add(new($"/incorporates/{i}", FieldFault.UnknownValue));
        return errors.Count > 0 ? Problem.Of(ProblemCode.Invalid, errors) : null;
    }

    private static Answer<ManagedVersion> Placed(Outcome<ManagedVersion> outcome) => outcome.Refusal?.Code switch
    {
        RefusalCode.DocumentVersionUsed => Problem.At("/version", ProblemCode.DocumentVersionUsed),
        RefusalCode.DocumentClassTooLow => Problem.At("/class", ProblemCode.DocumentClassTooLow),
        RefusalCode.EffectiveTooSoon => Problem.At("/effectiveAfter", ProblemCode.EffectiveTooSoon),
        _ => Answer<ManagedVersion>.From(outcome),
    };

    // The request's pattern let through weeks, days and hours only: nobody can say how long a month is.
    private static TimeSpan? Period(string? text) =>
        text is null ? null : text.EndsWith('W') ? TimeSpan.FromDays(7 * int.Parse(text.AsSpan(1, text.Length - 2), System.Globalization.CultureInfo.InvariantCulture)) : XmlConvert.ToTimeSpan(text);

    private static DocumentClass ClassOf(string name) => name switch
    {
        "wording" => DocumentClass.Wording,
        "contract" => DocumentClass.Contract,
        _ => DocumentClass.Processing,
    };

    private bool IsKnown(string kind) => catalog.AllKinds.Contains(kind);

    private IDocumentGrain Grain(string kind) => grains.GetGrain<IDocumentGrain>(kind);
}

/// <summary>All versions of a kind: drafted by staff, and announced.</summary>
internal sealed record KindVersions(ManagedVersion[] Managed, DocumentVersion[] Published)
{
    /// <summary>In the order in which they came: the product's own first.</summary>
    public IEnumerable<StaffVersionBody> At(DateTimeOffset now)
    {
        var inForce = InForce(now);
        return Published.Where(version => Managed.All(managed => managed.Version != version.Version)).Select(version => StaffVersionBody.Of(version, inForce))
            .Concat(Managed.Select(managed => StaffVersionBody.Of(managed, inForce, now)));
    }

    /// <summary>One version with its texts; null when there is none.</summary>
    public StaffTextBody? Find(string version, DateTimeOffset now)
    {
        if (At(now).FirstOrDefault(candidate => candidate.Version == version) is not { } found) return null;
        if (Managed.FirstOrDefault(managed => managed.Version == version)?.Content is { } content)
            return new() { Version = found, Titles = content.Titles, Summary = content.Summary, Content = content.Texts, Processing = [.. content.Processing.Select(ProcessingRow.Of)] };
        var first = Published.First(published => published.Version == version);
        return new() { Version = found, Titles = first.Titles, Summary = first.Summary, Content = first.Texts, Processing = [.. first.Processing.Select(ProcessingRow.Of)] };
    }

    private DocumentVersion? InForce(DateTimeOffset now) => Published.Where(version => version.EffectiveAt <= now).MaxBy(version => version.EffectiveAt);
}
