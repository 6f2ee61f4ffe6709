using AiCloud.Accounts;
using AiCloud.Challenges;
using AiCloud.Reauthentication;
using AiCloud.Staff;

namespace AiCloud.Facts;

/// <summary>
/// Which facts an account has and how they stand; marks by staff that one is false or outdated, and what the person does about it (C2.1g). Key and proof as
/// with <see cref="IAccountGrain"/>; a call for an account that is not open is answered <see cref="RefusalCode.NotFound"/>.
/// </summary>
[Alias("aicloud.grain.account-facts")]
public interface IAccountFacts : IGrainWithStringKey
{
    /// <summary>The person's own view.</summary>
    [Alias("fact-standings")] Task<Outcome<FactStandings>> StandingOfFacts(SessionProof proof, CancellationToken cancellation = default);

    /// <summary>"Still right": answers the yearly question. Repeating the operation changes nothing.</summary>
    [Alias("confirm-facts")] Task<Outcome<FactStandings>> ConfirmFacts(SessionProof proof, string operation, CancellationToken cancellation = default);

    /// <summary>
    /// Objects to an open mark, once. The deadline goes on. Refuses <see cref="RefusalCode.NotFound"/>, <see cref="RefusalCode.FactMarkClosed"/>,
    /// <see cref="RefusalCode.AlreadyContested"/>, <see cref="RefusalCode.IdempotencyKeyReused"/>.
    /// </summary>
    [Alias("contest-mark")] Task<Outcome<FactStandings>> ContestMark(SessionProof proof, FactContest contest, CancellationToken cancellation = default);

    /// <summary>Where a code goes that proves one of the account's contacts again; <see cref="RefusalCode.NotFound"/> for another's.</summary>
    [Alias("contact-to-prove")] Task<Outcome<ContactForCode>> ContactToProve(SessionProof proof, string contact, CancellationToken cancellation = default);

    /// <summary>A code proved a contact of the account again: marks on that fact end at once. A code proves once.</summary>
    [Alias("prove-contact")] Task<Outcome<FactStandings>> ProveContact(SessionProof proof, ChallengeProven proven, CancellationToken cancellation = default);

    /// <summary>The facts and marks as staff may see them: nothing of the facts themselves.</summary>
    [Alias("facts-for-staff")] Task<Outcome<FactStandings>> FactsForStaff(CancellationToken cancellation = default);

    /// <summary>
    /// Marks a fact and tells the person. Refuses <see cref="RefusalCode.NotFound"/>, <see cref="RefusalCode.FactNotHeld"/>,
    /// <see cref="RefusalCode.FactAlreadyMarked"/>, <see cref="RefusalCode.IdempotencyKeyReused"/>.
    /// </summary>
    [Alias("mark-fact")] Task<Outcome<FactMarkView>> MarkFact(FactMarking marking, CancellationToken cancellation = default);

    /// <summary>Takes an open mark back. Refuses <see cref="RefusalCode.NotFound"/>, <see cref="RefusalCode.FactMarkClosed"/>.</summary>
    [Alias("withdraw-mark")] Task<Outcome<FactMarkView>> WithdrawMark(FactMarkAct act, CancellationToken cancellation = default);

    /// <summary>
    /// Answers an objection: accepted, the mark ends; else it stands. Refuses <see cref="RefusalCode.NotFound"/>, <see cref="RefusalCode.FactMarkClosed"/>,
    /// <see cref="RefusalCode.NothingContested"/>, <see cref="RefusalCode.SecondPersonNeeded"/> for who marked it.
    /// </summary>
    [Alias("answer-contest")] Task<Outcome<FactMarkView>> AnswerContest(FactMarkAct act, bool accepted, CancellationToken cancellation = default);
}

/// <summary>What is said against a fact.</summary>
public enum FactFault
{
    /// <summary>It never was true.</summary>
    False = 1,
    /// <summary>It is not true any more.</summary>
    Outdated = 2,
}

/// <summary>How a fact stands.</summary>
public enum FactStanding
{
    /// <summary>Nothing is said against it.</summary>
    Stands = 1,
    /// <summary>Marked; what needs it goes on until the deadline.</summary>
    Marked = 2,
    /// <summary>Marked, and the deadline has passed: what needs it is not allowed.</summary>
    Restricted = 3,
}

/// <summary>How a mark ended.</summary>
public enum FactMarkEnding
{
    /// <summary>The fact was proven again.</summary>
    Proven = 1,
    /// <summary>Staff took it back.</summary>
    Withdrawn = 2,
    /// <summary>Another member of staff accepted the objection.</summary>
    ContestAccepted = 3,
}

/// <summary>A mark to be made.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.fact-marking")]
public sealed record FactMarking
{
    /// <summary>Names the act.</summary>
    [Id(0)] public required string Operation { get; init; }
    /// <summary>Id that the mark gets: follows from the caller's operation.</summary>
    [Id(1)] public required string Id { get; init; }
    /// <summary>The fact.</summary>
    [Id(2)] public required AccountFact Fact { get; init; }
    /// <summary>What is said against it.</summary>
    [Id(3)] public required FactFault Fault { get; init; }
    /// <summary>Where the evidence is: at most 200 characters. Kept under the evidence key.</summary>
    [Id(4)] public required string Reference { get; init; }
    /// <summary>Days until the deadline, 1 to 90; null for the setting's.</summary>
    [Id(5)] public int? Days { get; init; }
    /// <summary>Who marks.</summary>
    [Id(6)] public required StaffActor By { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(FactMarking);
}

/// <summary>An act of staff on one mark.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.fact-mark-act")]
public sealed record FactMarkAct
{
    /// <summary>Names the act.</summary>
    [Id(0)] public required string Operation { get; init; }
    /// <summary>The mark.</summary>
    [Id(1)] public required string Mark { get; init; }
    /// <summary>Who acts.</summary>
    [Id(2)] public required StaffActor By { get; init; }
}

/// <summary>An objection to a mark.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.fact-contest")]
public sealed record FactContest
{
    /// <summary>Names the act.</summary>
    [Id(0)] public required string Operation { get; init; }
    /// <summary>The mark.</summary>
    [Id(1)] public required string Mark { get; init; }
    /// <summary>Why it is wrong, in the person's words: at most 2000 characters. Kept under the evidence key.</summary>
    [Id(2)] public required string Words { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(FactContest);
}

/// <summary>The facts of an account.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.fact-standings")]
public sealed record FactStandings
{
    /// <summary>Every kind of fact, in the order of <see cref="AccountFact"/>.</summary>
    [Id(0)] public required FactView[] Facts { get; init; }
    /// <summary>Open marks, and the last that were closed, oldest first.</summary>
    [Id(1)] public required FactMarkView[] Marks { get; init; }
    /// <summary>When the person last said that all is still right; null when never.</summary>
    [Id(2)] public DateTimeOffset? ConfirmedAt { get; init; }
    /// <summary>From when on they are asked again.</summary>
    [Id(3)] public required DateTimeOffset AskAgainAt { get; init; }
    /// <summary>Whether they are asked now. Nothing depends on the answer.</summary>
    [Id(4)] public required bool Asked { get; init; }
    /// <summary>For the person alone: contacts that a code can prove again, masked.</summary>
    [Id(5)] public ContactView[] Contacts { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => nameof(FactStandings);
}

/// <summary>One kind of fact; never the fact itself.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.fact-view")]
public sealed record FactView
{
    /// <summary>Which.</summary>
    [Id(0)] public required AccountFact Fact { get; init; }
    /// <summary>Whether the account has it.</summary>
    [Id(1)] public required bool Held { get; init; }
    /// <summary>When it was last proven; null for one that was only stated.</summary>
    [Id(2)] public DateTimeOffset? ProvenAt { get; init; }
    /// <summary>How it stands.</summary>
    [Id(3)] public required FactStanding Standing { get; init; }
}

/// <summary>One mark.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.fact-mark-view")]
public sealed record FactMarkView
{
    /// <summary>Its id within the account.</summary>
    [Id(0)] public required string Id { get; init; }
    /// <summary>The fact.</summary>
    [Id(1)] public required AccountFact Fact { get; init; }
    /// <summary>What is said against it.</summary>
    [Id(2)] public required FactFault Fault { get; init; }
    /// <summary>When it was made.</summary>
    [Id(3)] public required DateTimeOffset At { get; init; }
    /// <summary>From when on what needs the fact is not allowed.</summary>
    [Id(4)] public required DateTimeOffset Deadline { get; init; }
    /// <summary>Whether it does so now.</summary>
    [Id(5)] public required bool Restricts { get; init; }
    /// <summary>When the person objected.</summary>
    [Id(6)] public DateTimeOffset? ContestedAt { get; init; }
    /// <summary>What they said.</summary>
    [Id(7)] public string? Words { get; init; }
    /// <summary>When the objection was answered.</summary>
    [Id(8)] public DateTimeOffset? AnsweredAt { get; init; }
    /// <summary>Whether it was accepted.</summary>
    [Id(9)] public bool? Accepted { get; init; }
    /// <summary>When the mark ended.</summary>
    [Id(10)] public DateTimeOffset? EndedAt { get; init; }
    /// <summary>How.</summary>
    [Id(11)] public FactMarkEnding? Ending { get; init; }
    /// <summary>For staff alone: id of the member who made it.</summary>
    [Id(12)] public string? By { get; init; }
    /// <summary>For staff alone: where the evidence is.</summary>
    [Id(13)] public string? Reference { get; init; }
    /// <summary>For staff alone: id of the member who answered the objection.</summary>
    [Id(14)] public string? AnsweredBy { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(FactMarkView);
}
