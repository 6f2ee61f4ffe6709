using System.ComponentModel.DataAnnotations;

namespace AiCloud.Objections;

/// <summary>A notice about an account, and what was done on "this was not me".</summary>
public sealed record ObjectionBody
{
    /// <summary>What the notice told.</summary>
    [AllowedValues("contact_added", "contact_replaced", "contact_removed", "password_changed", "password_reset", "reset_announced", "signed_in")] public required string Kind { get; init; }

    /// <summary>When that happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Until when it can be objected to.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was objected to; absent as long as it was not.</summary>
    public DateTimeOffset? ObjectedAt { get; init; }

    /// <summary>Until when changes are stopped; absent without an objection.</summary>
    public DateTimeOffset? ProtectedUntil { get; init; }

    /// <summary>Whether a new password has to be set by code before anybody can sign in.</summary>
    public required bool PasswordDropped { get; init; }

    internal static ObjectionBody Of(AlarmView view) => new()
    {
        Kind = view.Kind switch
        {
            AlarmKind.ContactAdded => "contact_added",
            AlarmKind.ContactReplaced => "contact_replaced",
            AlarmKind.ContactRemoved => "contact_removed",
            AlarmKind.PasswordChanged => "password_changed",
            AlarmKind.PasswordReset => "password_reset",
            AlarmKind.ResetAnnounced => "reset_announced",
            AlarmKind.SignedIn => "signed_in",
        },
        At = view.At,
        ExpiresAt = view.ExpiresAt,
        ObjectedAt = view.ObjectedAt,
        ProtectedUntil = view.ProtectedUntil,
        PasswordDropped = view.PasswordDropped,
    };
}
