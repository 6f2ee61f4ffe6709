namespace AiCloud.Identity;

/// <summary>What an account keeps of real-name proof, and how it changes. Pure. Names and numbers in it are sealed under the account key.</summary>
public sealed record AccountIdentity
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>An account that never asked.</summary>
    public static readonly AccountIdentity None = new();

    /// <summary>The check under way.</summary>
    public IdentityRequest? Request { get; init; }

    /// <summary>The proof that stands.</summary>
    public IdentityProof? Proof { get; init; }

    /// <summary>Why the newest check proved nothing; null when it did, or is under way.</summary>
    public IdentityRefused? Refused { get; init; }

    /// <summary>The newest submission: a repeat finds it taken up.</summary>
    public IdentitySubmission? Last { get; init; }

    /// <summary>Checks asked for in the last 24 hours.</summary>
    public DateTimeOffset[] Tries { get; init; } = [];

    /// <summary>Places at certificates to be given back; kept first, so that a crash leaves none taken.</summary>
    public ProofRelease[] Releases { get; init; } = [];

    /// <summary>When the clock has something to do here.</summary>
    public DateTimeOffset? DueAt => new[] { Request?.NextTryAt, Releases.FirstOrDefault()?.Since }.Min();

    /// <summary>Where it stands. A newer check that was refused takes nothing from a proof that stands.</summary>
    public IdentityState State => Request is not null ? IdentityState.Pending
        : Proof is not null ? IdentityState.Verified
        : Refused is not null ? IdentityState.Refused : IdentityState.None;

    /// <summary>Checks that may be asked for now.</summary>
    public int TriesLeft(IdentityOptions limits, DateTimeOffset now) => Math.Max(0, limits.TriesPerAccount - Tries.Count(tried => tried > now - Day));

    /// <summary>When one may be asked for again.</summary>
    public TimeSpan TryIn(DateTimeOffset now) => Tries.Min() + Day - now is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.FromSeconds(1);

    /// <summary>Takes a submission up.</summary>
    public AccountIdentity Asked(IdentityRequest request, IdentitySubmission by, DateTimeOffset now) => this with
    {
        Request = request,
        Refused = null,
        Last = by,
        Tries = [.. Tries.Where(tried => tried > now - Day), now],
    };

    /// <summary>Asked without an answer: when it is asked again is kept before anybody is asked.</summary>
    public AccountIdentity Again(IdentityOptions limits, DateTimeOffset now)
    {
        var pause = limits.FirstRetry * Math.Pow(2, Math.Min(Request!.Asked, 20));
        return this with { Request = Request with { Asked = Request.Asked + 1, NextTryAt = now + (pause < limits.LongestRetry ? pause : limits.LongestRetry) } };
    }

    /// <summary>The checker says when it wants to be asked again: not before that, within reason.</summary>
    public AccountIdentity NotBefore(TimeSpan wait, IdentityOptions limits, DateTimeOffset now)
    {
        var at = now + (wait < limits.LongestRetry ? wait : limits.LongestRetry);
        return at > Request!.NextTryAt ? this with { Request = Request with { NextTryAt = at } } : this;
    }

    /// <summary>The answer came and proved nothing, or none came: what was submitted is erased and its place given back.</summary>
    public AccountIdentity RefusedFor(IdentityReason reason, DateTimeOffset now) => this with
    {
        Request = null,
        Refused = new IdentityRefused(reason, now),
        Releases = Request?.DocumentKey is { } key ? [.. Releases, new ProofRelease(key, Request.Id, Owned: false, now)] : Releases,
    };

    /// <summary>Proven. A former certificate's place is given back.</summary>
    public AccountIdentity ProvenBy(IdentityProof proof, DateTimeOffset now) => this with
    {
        Request = null,
        Refused = null,
        Proof = proof,
        Releases = Proof is { } former && former.DocumentKey != proof.DocumentKey ? [.. Releases, new ProofRelease(former.DocumentKey, "", Owned: true, now)] : Releases,
    };

    /// <summary>Consent was taken back: what was kept on it goes, and the certificate proves this account no longer.</summary>
    public AccountIdentity Withdrawn(DateTimeOffset now)
    {
        var releases = Releases.ToList();
        if (Request?.DocumentKey is { } held) releases.Add(new ProofRelease(held, Request.Id, Owned: false, now));
        if (Proof is { } proof) releases.Add(new ProofRelease(proof.DocumentKey, "", Owned: true, now));
        return this with { Request = null, Proof = null, Refused = null, Releases = [.. releases] };
    }
}

/// <summary>A check under way.</summary>
public sealed record IdentityRequest
{
    /// <summary>Names it to the checker and to the certificate: the same for every repeat.</summary>
    public required string Id { get; init; }
    /// <summary>The way.</summary>
    public required IdentityMethod Method { get; init; }
    /// <summary>The kind of certificate; null by network ID.</summary>
    public CertificateKind? Kind { get; init; }
    /// <summary>The certificate's actor; by network ID null until the answer names a subject.</summary>
    public string? DocumentKey { get; init; }
    /// <summary>Sealed <see cref="IdentityQuestion"/>.</summary>
    public required byte[] Question { get; init; }
    /// <summary>Whether a birth date other than the stated one is to be proven.</summary>
    public bool CorrectsBirthDate { get; init; }
    /// <summary>The type of service that it is for.</summary>
    public string? Service { get; init; }
    /// <summary>The legal ground on which that type keeps the full number; null where it does not.</summary>
    public string? NumberGround { get; init; }
    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset AskedAt { get; init; }
    /// <summary>How often it was asked, or was about to be.</summary>
    public int Asked { get; init; } = 1;
    /// <summary>When it is asked again.</summary>
    public required DateTimeOffset NextTryAt { get; init; }
    /// <summary>When it is given up.</summary>
    public required DateTimeOffset EndsAt { get; init; }
    /// <summary>A match that is kept and not yet committed at the certificate.</summary>
    public IdentityMatch? Match { get; init; }
}

/// <summary>A match, without what names the person.</summary>
public sealed record IdentityMatch(string? Reference, bool? BirthDateMatches);

/// <summary>A proof that stands.</summary>
public sealed record IdentityProof
{
    /// <summary>The way.</summary>
    public required IdentityMethod Method { get; init; }
    /// <summary>The kind of certificate; null by network ID.</summary>
    public CertificateKind? Kind { get; init; }
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>The actor of the certificate or subject: its keyed digest.</summary>
    public required string DocumentKey { get; init; }
    /// <summary>Sealed <see cref="ProvenPerson"/>; null by network ID.</summary>
    public byte[]? Person { get; init; }
    /// <summary>Whether the birth date is proven with it.</summary>
    public required bool BirthDateProven { get; init; }
    /// <summary>The checker's reference.</summary>
    public string? Reference { get; init; }
    /// <summary>The legal ground on which the full number is kept.</summary>
    public string? NumberKeptFor { get; init; }
}

/// <summary>The sealed part of a proof: the name, the end of the number, and the number where a legal ground asks for it.</summary>
public sealed record ProvenPerson(string Name, string Last, string? Number)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(ProvenPerson);
}

/// <summary>A check that proved nothing.</summary>
public sealed record IdentityRefused(IdentityReason Reason, DateTimeOffset At);

/// <summary>The request that asked for a check, and the keyed digest of its body.</summary>
public sealed record IdentitySubmission(string Operation, string Fingerprint);

/// <summary>A place to be given back: one that was held for a check, or owned.</summary>
public sealed record ProofRelease(string Key, string Operation, bool Owned, DateTimeOffset Since);
