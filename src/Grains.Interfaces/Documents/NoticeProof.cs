namespace AiCloud.Documents;

/// <summary>The two places where an amendment is publicised (C2.5b).</summary>
public static class NoticePages
{
    /// <summary>The document's page in the Help Center.</summary>
    public const string Help = "help";
    /// <summary>The registration page.</summary>
    public const string Register = "register";
}

/// <summary>Evidence that an announcement could be seen: hourly probes of the public pages.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.notice-proof")]
public sealed record NoticeProof
{
    /// <summary>One per page probed.</summary>
    [Id(0)] public required PageNotice[] Pages { get; init; }
}

/// <summary>What the probes of one page found.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.page-notice")]
public sealed record PageNotice
{
    /// <summary><see cref="NoticePages.Help"/> or <see cref="NoticePages.Register"/>.</summary>
    [Id(0)] public required string Page { get; init; }
    /// <summary>First time that it showed the version; null when it never did.</summary>
    [Id(1)] public DateTimeOffset? First { get; init; }
    /// <summary>Last time that it showed the version.</summary>
    [Id(2)] public DateTimeOffset? Last { get; init; }
    /// <summary>Hours in which a probe found it.</summary>
    [Id(3)] public int Hours { get; init; }
    /// <summary>Hours in which every probe missed it.</summary>
    [Id(4)] public int Missing { get; init; }
    /// <summary>The hour counted last in <see cref="Missing"/>; a find within it takes it back.</summary>
    [Id(5)] public DateTimeOffset? LastMiss { get; init; }
}
