using AiCloud.Accounts;
using AiCloud.Documents;
using AiCloud.Facts;
using AiCloud.Identifiers;

namespace AiCloud.Guardians;

/// <summary>What a guardian is told of the account that they answer for (C2.1b).</summary>
public enum GuardianNews
{
    /// <summary>The minor says that the guardian cannot be reached.</summary>
    ContactLost = 1,
    /// <summary>A contact of the account was added, replaced or removed.</summary>
    ContactsChanged = 2,
    /// <summary>A number of the account changed hands.</summary>
    NumberLost = 3,
    /// <summary>Staff marked a fact false or outdated.</summary>
    FactMarked = 4,
    /// <summary>What needs the fact is stopped.</summary>
    FactRestricted = 5,
    /// <summary>The mark ended.</summary>
    FactLifted = 6,
    /// <summary>The objection to the mark was not accepted.</summary>
    FactUpheld = 7,
    /// <summary>The name that the account shows is not allowed any more.</summary>
    NameRefused = 8,
    /// <summary>A proof found the minor below 14: the account ends.</summary>
    UnderAgeEnding = 9,
    /// <summary>A proof showed another birth date: until when the guardianship lasts has changed.</summary>
    AgeDecided = 10,
    /// <summary>The birth date was stated anew.</summary>
    BirthDateStated = 11,
    /// <summary>The minor has turned 16.</summary>
    OldEnough = 12,
    /// <summary>The guardian's own cancellation was noted.</summary>
    CancelledByYou = 13,
    /// <summary>A text changes.</summary>
    DocumentChanged = 14,
    /// <summary>The minor came of age: the guardianship has ended.</summary>
    OfAge = 15,
    /// <summary>Another guardian stands.</summary>
    Replaced = 16,
}

/// <summary>
/// Something that a guardian is still to be told. Kept in the write of what it is about and handed over until it was, so that neither a crash nor staff who
/// stopped messages leave a guardian in the dark. It has its own copy of the address, which goes with it.
/// </summary>
/// <param name="News">What.</param>
/// <param name="At">When it happened.</param>
/// <param name="SendAt">When it is handed over again, should it not have been by then.</param>
/// <param name="To">To whom.</param>
public sealed record GuardianTelling(GuardianNews News, DateTimeOffset At, DateTimeOffset SendAt, TellingAddress To)
{
    /// <summary>The fact that it is about.</summary>
    public AccountFact? Fact { get; init; }

    /// <summary>The instant that it names.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The text that it is about.</summary>
    public DocumentReference? Document { get; init; }

    // The turn that keeps it hands it over at once; by then it has, or it did not live to.
    internal static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(10);

    /// <summary>Whether it is handed over now: it was never tried, or the time to try it again has come.</summary>
    internal bool IsToBeSent(DateTimeOffset now) => SendAt == At + AgainAfter || SendAt <= now;
}

/// <summary>A guardian's contact, sealed under the account key.</summary>
public sealed record TellingAddress(string IdentifierKey, IdentifierKind Kind, byte[] Address);

/// <summary>What is still to be told. Pure.</summary>
internal static class GuardianTellings
{
    private static readonly TimeSpan FailuresTriedFor = TimeSpan.FromHours(24);

    /// <summary>Whether the guardian's time to object runs from hearing this: it counts as told only once a channel said so.</summary>
    public static bool BeginsTerm(this AccountState state, GuardianTelling telling) => telling.News == GuardianNews.ContactLost && state.Ward is { Loss: GuardianLoss.ContactLost };

    /// <summary>A guardian who is kept, standing or called lost, is to be told; where there is none, nobody is. Of the same thing said again the newest counts.</summary>
    public static AccountState WithNews(this AccountState state, GuardianNews news, DateTimeOffset now, AccountFact? fact = null, DateTimeOffset? deadline = null, DocumentReference? document = null) =>
        state.Ward is { Guardian: { } guardian } ward && (now < ward.AdultAt || news == GuardianNews.OfAge) ? state with
        {
            Tellings =
            [
                .. state.Tellings.Where(other => other.News != news || other.Fact != fact || other.Document != document || other.To.IdentifierKey != guardian.IdentifierKey),
                new GuardianTelling(news, now, now + GuardianTelling.AgainAfter, new TellingAddress(guardian.IdentifierKey, guardian.Kind, guardian.Address)) { Fact = fact, Deadline = deadline, Document = document },
            ],
        } : state;

    /// <summary>
    /// When something that was not handed over is tried again; null when it is given up, and its copy of the address goes with it: a channel that fails for a day
    /// is not waited for longer, staff who stopped messages are. That a guardian is called lost is tried once a day from then on, as long as they are, whose address
    /// is kept anyhow: given up, their time to object would begin without their knowing, or never and the minor would wait for nothing.
    /// </summary>
    public static DateTimeOffset? Again(AccountState state, GuardianTelling telling, TimeSpan wait, bool stopped, DateTimeOffset now) =>
        stopped || now < telling.At + FailuresTriedFor ? now + wait : state.BeginsTerm(telling) ? now + FailuresTriedFor : null;

    /// <summary>The state after everything was tried: those named with an instant are tried again then, the others were handed over or given up.</summary>
    public static AccountState Told(AccountState state, IReadOnlyDictionary<GuardianTelling, DateTimeOffset?> tried, DateTimeOffset now)
    {
        var next = state with
        {
            Tellings = [.. state.Tellings.Where(telling => !tried.TryGetValue(telling, out var again) || again is not null).Select(telling => tried.TryGetValue(telling, out var again) ? telling with { SendAt = again!.Value } : telling)],
        };
        // What runs from the guardian's knowing of it begins here.
        return tried.Any(one => one.Value is null && next.BeginsTerm(one.Key)) ? next with { Ward = next.Ward! with { LossToldAt = now } } : next;
    }
}
