using System.ComponentModel.DataAnnotations;
using AiCloud.Services;

namespace AiCloud.Guardians;

/// <summary>Names on the wire.</summary>
internal static class GuardianWire
{
    public static string NameOf(GuardianAssurance assurance) => assurance switch { GuardianAssurance.Contact => "contact", GuardianAssurance.Id => "id" };

    public static string NameOf(GuardianLoss loss) => loss switch
    {
        GuardianLoss.Withdrawn => "withdrawn", GuardianLoss.ContactLost => "contact_lost", GuardianLoss.NeverNamed => "never_named",
    };

    public static string NameOf(InvitationState state) => state switch
    {
        InvitationState.Lapsed => "lapsed",
        InvitationState.Open => "open",
        InvitationState.Accepted => "accepted",
        InvitationState.Declined => "declined",
        InvitationState.Unknown => "unknown_person",
    };

    public static string NameOf(GuardianRelationship relationship) => relationship switch
    {
        GuardianRelationship.Father => "father",
        GuardianRelationship.Mother => "mother",
        GuardianRelationship.Grandparent => "grandparent",
        GuardianRelationship.Sibling => "sibling",
        GuardianRelationship.Other => "other",
    };

    public static GuardianRelationship RelationshipOf(string name) => Enum.GetValues<GuardianRelationship>().Single(relationship => NameOf(relationship) == name);
}
