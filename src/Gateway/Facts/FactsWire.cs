using System.ComponentModel.DataAnnotations;
using AiCloud.Accounts;
using AiCloud.Requests;

namespace AiCloud.Facts;

/// <summary>Objects to a mark.</summary>
public sealed record ContestRequest
{
    /// <summary>Why it is wrong, in the person's own words.</summary>
    [MinLength(1), MaxLength(2_000), Text(TextRule.Multiline)] public required string Words { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ContestRequest);
}

/// <summary>Asks for a code to one of the account's contacts.</summary>
public sealed record FactProofRequest
{
    /// <summary>Name of the contact within the account.</summary>
    [MinLength(1), MaxLength(64)] public required string Contact { get; init; }
}

/// <summary>Answers the code.</summary>
public sealed record FactProofAnswerRequest
{
    /// <summary>The digits as received; full-width digits and spaces are taken too.</summary>
    [MinLength(1), MaxLength(32)] public required string Code { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(FactProofAnswerRequest);
}

/// <summary>Marks a fact.</summary>
public sealed record FactMarkRequest
{
    /// <summary>What is said against it: it never was true, or is not any more.</summary>
    [AllowedValues("false", "outdated")] public required string Fault { get; init; }

    /// <summary>Where the evidence is, such as a case's number. Sealed with the account's evidence.</summary>
    [MinLength(1), MaxLength(200)] public required string Evidence { get; init; }

    /// <summary>Days until what needs the fact is stopped; the setting's when absent.</summary>
    [Range(1, 90)] public int? Days { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(FactMarkRequest);
}

/// <summary>Answers an objection.</summary>
public sealed record ContestAnswerRequest
{
    /// <summary>True ends the mark; false lets it stand.</summary>
    public required bool Accepted { get; init; }
}

/// <summary>Which facts an account has and how they stand.</summary>
public sealed record FactStandingsBody
{
    /// <summary>Every kind of fact.</summary>
    public required FactBody[] Facts { get; init; }

    /// <summary>Open marks and the last that were closed, oldest first.</summary>
    public required FactMarkBody[] Marks { get; init; }

    /// <summary>When the person last said that all is still right.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>From when on they are asked again.</summary>
    public required DateTimeOffset AskAgainAt { get; init; }

    /// <summary>Whether they are asked now. Nothing depends on the answer.</summary>
    public required bool Asked { get; init; }

    /// <summary>For the person alone: contacts that a code can prove anew.</summary>
    public ContactBody[]? Contacts { get; init; }

    internal static FactStandingsBody Of(FactStandings view, bool forStaff = false) => new()
    {
        Facts = [.. view.Facts.Select(FactBody.Of)],
        Marks = [.. view.Marks.Select(FactMarkBody.Of)],
        ConfirmedAt = view.ConfirmedAt,
        AskAgainAt = view.AskAgainAt,
        Asked = view.Asked,
        Contacts = forStaff ? null : [.. view.Contacts.Select(ContactBody.Of)],
    };

    /// <inheritdoc/>
    public override string ToString() => nameof(FactStandingsBody);
}

/// <summary>One kind of fact; never the fact itself.</summary>
public sealed record FactBody
{
    /// <summary>Which.</summary>
    [AllowedValues("phone", "email", "real_name", "birth_date", "id_document")] public required string Fact { get; init; }

    /// <summary>Whether the account has it.</summary>
    public required bool Held { get; init; }

    /// <summary>When it was last proven; absent for one that was only stated.</summary>
    public DateTimeOffset? ProvenAt { get; init; }

    /// <summary>How it stands: restricted means that what needs it is not allowed.</summary>
    [AllowedValues("stands", "marked", "restricted")] public required string Standing { get; init; }

    internal static FactBody Of(FactView view) => new()
    {
        Fact = view.Fact.Name(),
        Held = view.Held,
        ProvenAt = view.ProvenAt,
        Standing = view.Standing switch { FactStanding.Stands => "stands", FactStanding.Marked => "marked", FactStanding.Restricted => "restricted" },
    };
}

/// <summary>One mark.</summary>
public sealed record FactMarkBody
{
    /// <summary>Its id within the account.</summary>
    public required string Id { get; init; }

    /// <summary>The fact.</summary>
    [AllowedValues("phone", "email", "real_name", "birth_date", "id_document")] public required string Fact { get; init; }

    /// <summary>What is said against it.</summary>
    [AllowedValues("false", "outdated")] public required string Fault { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>From when on what needs the fact is not allowed.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>Whether it does so now.</summary>
    public required bool Restricts { get; init; }

    /// <summary>When the person objected.</summary>
    public DateTimeOffset? ContestedAt { get; init; }

    /// <summary>What they said.</summary>
    [MaxLength(2_000)] public string? Words { get; init; }

    /// <summary>When the objection was answered.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Whether it was accepted.</summary>
    public bool? Accepted { get; init; }

    /// <summary>When the mark ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How it ended.</summary>
    [AllowedValues("proven", "withdrawn", "contest_accepted")] public string? Ending { get; init; }

    /// <summary>For staff alone: id of the member who made it.</summary>
    public string? By { get; init; }

    /// <summary>For staff alone: where the evidence is.</summary>
    public string? Evidence { get; init; }

    /// <summary>For staff alone: id of the member who answered the objection.</summary>
    public string? AnsweredBy { get; init; }

    internal static FactMarkBody Of(FactMarkView view) => new()
    {
        Id = view.Id,
        Fact = view.Fact.Name(),
        Fault = view.Fault switch { FactFault.False => "false", FactFault.Outdated => "outdated" },
        At = view.At,
        Deadline = view.Deadline,
        Restricts = view.Restricts,
        ContestedAt = view.ContestedAt,
        Words = view.Words,
        AnsweredAt = view.AnsweredAt,
        Accepted = view.Accepted,
        EndedAt = view.EndedAt,
        Ending = view.Ending switch { FactMarkEnding.Proven => "proven", FactMarkEnding.Withdrawn => "withdrawn", FactMarkEnding.ContestAccepted => "contest_accepted", null => null },
        By = view.By,
        Evidence = view.Reference,
        AnsweredBy = view.AnsweredBy,
    };

    /// <inheritdoc/>
    public override string ToString() => nameof(FactMarkBody);
}
