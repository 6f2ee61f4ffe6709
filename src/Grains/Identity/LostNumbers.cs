using AiCloud.Accounts;
using AiCloud.Identifiers;

namespace AiCloud.Identity;

/// <summary>Numbers of an account that somebody else has proven to have (C2.1g). Pure.</summary>
public sealed record LostNumbers
{
    internal static readonly TimeSpan Day = TimeSpan.FromHours(24), AskedAgainAfter = TimeSpan.FromMinutes(1);

    private const int AskedMax = 20; // as many as an account may have contacts

    // A turn that crashed is over by then; earlier it may still be under way on this very activation.
    private static readonly TimeSpan SettlesAfter = TimeSpan.FromSeconds(10);

    /// <summary>Nothing.</summary>
    public static readonly LostNumbers None = new();

    /// <summary>Numbers that were claimed.</summary>
    public NumberClaimed[] Claims { get; init; } = [];

    /// <summary>What was asked of numbers with which a password was to be reset.</summary>
    public NumberAsked[] Asked { get; init; } = [];

    /// <summary>Numbers that went to somebody else and whose actors do not know yet.</summary>
    public LostNumber[] Leaving { get; init; } = [];

    /// <summary>Since when the account has no contact left: nobody can sign in, and customer service has to be asked.</summary>
    public DateTimeOffset? ContactlessSince { get; init; }

    /// <summary>When the clock has something to do here.</summary>
    public DateTimeOffset? DueAt => Leaving.Length == 0 ? null : Leaving.Min(lost => lost.At) + SettlesAfter;

    /// <summary>Whether a number may be somebody else's by now. E-mail addresses are seldom given out again.</summary>
    public static bool MayBeAnothers(StoredContact contact, IdentityOptions limits, DateTimeOffset now) =>
        contact.Kind == IdentifierKind.Phone && now >= contact.LastUsedAt + TimeSpan.FromDays(limits.RecycledAfterDays);

    /// <summary>What the authority said of the number lately, when a password was to be reset; null when it has to be asked.</summary>
    public NumberAsked? Known(StoredContact contact, DateTimeOffset now) =>
        LastAsked(contact) is { } asked && asked.Counts(contact.LastUsedAt, now) ? asked : null;

    /// <summary>It is asked, or was.</summary>
    public LostNumbers With(NumberAsked asked) =>
        this with { Asked = [.. Asked.Where(other => other.IdentifierKey != asked.IdentifierKey).TakeLast(AskedMax - 1), asked] };

    /// <summary>The last question about the number, when a password was to be reset; null when there was none.</summary>
    public NumberAsked? LastAsked(StoredContact contact) => Asked.FirstOrDefault(asked => asked.IdentifierKey == contact.IdentifierKey);

    /// <summary>What can be answered without asking anybody; null when the authority has to be asked.</summary>
    public NumberClaim? Judge(StoredContact contact, IdentityOptions limits, DateTimeOffset now)
    {
        // Whoever used it lately still has it, whatever anybody says.
        if (now < contact.LastUsedAt + TimeSpan.FromDays(limits.RecycledAfterDays)) return new NumberClaim { Standing = NumberStanding.Unchanged };
        if (Of(contact) is not { } claim) return null;
        var pause = claim.Standing == NumberStanding.Later ? AskedAgainAfter : Day;
        return now < claim.AskedAt + pause ? Answer(claim, limits, now) : null;
    }

    /// <summary>About to ask: the request is kept first, and stays the same as long as it is not answered.</summary>
    /// <param name="contact">The number.</param>
    /// <param name="request">A fresh name for the question.</param>
    /// <param name="now">The instant.</param>
    /// <param name="handsOver">Whether anybody is asked, who is told the number by that.</param>
    public LostNumbers Asking(StoredContact contact, string request, DateTimeOffset now, bool handsOver = false)
    {
        var claim = Of(contact) is { } earlier
            ? earlier with { AskedAt = now, Request = earlier.Standing == NumberStanding.Later ? earlier.Request : request, Standing = NumberStanding.Later }
            : new NumberClaimed(contact.IdentifierKey, request, now, now, NumberStanding.Later);
        return With(handsOver ? claim with { HandedOverAt = now } : claim);
    }

    /// <summary>The authority answered. The wait of an unknown number runs from the first claim; "not changed" ends it.</summary>
    public (LostNumbers Next, NumberClaim Answer) Answered(StoredContact contact, NumberStanding standing, IdentityOptions limits, DateTimeOffset now)
    {
        var claim = Of(contact)! with { Standing = standing };
        if (standing == NumberStanding.Unchanged) claim = claim with { Since = now };
        return (With(claim), Answer(claim, limits, now));
    }

    /// <summary>Notes that the owner is warned of a claim that waits; null when they were since it began to, or when none waits.</summary>
    public LostNumbers? Warned(StoredContact contact, DateTimeOffset now) =>
        Of(contact) is { Standing: NumberStanding.Unknown } claim && !(claim.WarnedAt >= claim.Since) ? With(claim with { WarnedAt = now }) : null;

    /// <summary>Whether the account may lose the contact now.</summary>
    public bool MayLose(StoredContact contact, IdentityOptions limits, DateTimeOffset now) => Judge(contact, limits, now)?.Standing == NumberStanding.Changed;

    /// <summary>The account without the contact: sessions that it opened, and those of which nobody knows what opened them, end.</summary>
    public static AccountState Lose(AccountState state, StoredContact contact, string operation, DateTimeOffset now)
    {
        StoredContact[] left = [.. state.Contacts.Where(other => other.IdentifierKey != contact.IdentifierKey)];
        var mine = state.Numbers ?? None;
        return state with
        {
            Contacts = left,
            Sessions = left.Length == 0 ? [] : [.. state.Sessions.Where(session => session.Through is { } through && through != contact.IdentifierKey)],
            Numbers = mine with
            {
                Claims = [.. mine.Claims.Where(claim => claim.IdentifierKey != contact.IdentifierKey)],
                Asked = [.. mine.Asked.Where(asked => asked.IdentifierKey != contact.IdentifierKey)],
                Leaving = [.. mine.Leaving, new LostNumber(contact.IdentifierKey, operation, now)],
                ContactlessSince = left.Length == 0 ? now : null,
            },
        };
    }

    private static NumberClaim Answer(NumberClaimed claim, IdentityOptions limits, DateTimeOffset now)
    {
        var until = claim.Since + limits.UnknownWait;
        return claim.Standing == NumberStanding.Unknown
            ? now >= until ? new NumberClaim { Standing = NumberStanding.Changed } : new NumberClaim { Standing = NumberStanding.Unknown, Until = until }
            : new NumberClaim { Standing = claim.Standing };
    }

    private NumberClaimed? Of(StoredContact contact) =>
        // Used since it was claimed: that claim is void.
        Claims.FirstOrDefault(claim => claim.IdentifierKey == contact.IdentifierKey && claim.Since >= contact.LastUsedAt);

    private LostNumbers With(NumberClaimed claim) => this with { Claims = [.. Claims.Where(other => other.IdentifierKey != claim.IdentifierKey), claim] };
}

/// <summary>A number that somebody else has proven.</summary>
/// <param name="IdentifierKey">Its actor.</param>
/// <param name="Request">Names the question to the authority.</param>
/// <param name="Since">When it was first claimed.</param>
/// <param name="AskedAt">When the authority was asked last.</param>
/// <param name="Standing">What it said.</param>
public sealed record NumberClaimed(string IdentifierKey, string Request, DateTimeOffset Since, DateTimeOffset AskedAt, NumberStanding Standing)
{
    /// <summary>When the number was last told to the authority; null when nobody was asked.</summary>
    public DateTimeOffset? HandedOverAt { get; init; }

    /// <summary>When the owner was warned; null when they were not.</summary>
    public DateTimeOffset? WarnedAt { get; init; }
}

/// <summary>What the authority said of a number before it opened something: a contact of the account with which a password is to be reset, or a guardian's.</summary>
/// <param name="IdentifierKey">Its actor.</param>
/// <param name="Request">Names the question to the authority.</param>
/// <param name="AskedAt">When it was asked last.</param>
/// <param name="Standing">What it said.</param>
public sealed record NumberAsked(string IdentifierKey, string Request, DateTimeOffset AskedAt, NumberStanding Standing)
{
    /// <summary>When the number was last told to the authority; null when nobody was asked.</summary>
    public DateTimeOffset? HandedOverAt { get; init; }

    /// <summary>About to ask: the same question as long as it is not answered.</summary>
    /// <param name="earlier">The last question about the number; null when there was none.</param>
    /// <param name="identifierKey">Its actor.</param>
    /// <param name="fresh">A fresh name for the question.</param>
    /// <param name="now">The instant.</param>
    /// <param name="handsOver">Whether anybody is asked, who is told the number by that.</param>
    public static NumberAsked Asking(NumberAsked? earlier, string identifierKey, string fresh, DateTimeOffset now, bool handsOver) =>
        new(identifierKey, earlier is { Standing: NumberStanding.Later } ? earlier.Request : fresh, now, NumberStanding.Later) { HandedOverAt = handsOver ? now : null };

    /// <summary>Until when nobody asks again: an answer counts for a day, and one that is still to come for a minute.</summary>
    internal DateTimeOffset CountsUntil => AskedAt + (Standing == NumberStanding.Later ? LostNumbers.AskedAgainAfter : LostNumbers.Day);

    /// <summary>Whether it counts at an instant, of a number that was last used at another: what was said before is of another time.</summary>
    public bool Counts(DateTimeOffset usedAt, DateTimeOffset now) => AskedAt >= usedAt && now < CountsUntil;
}

/// <summary>A number that left the account.</summary>
public sealed record LostNumber(string IdentifierKey, string Operation, DateTimeOffset At);
