namespace AiCloud.Guardians;

/// <summary>Who alone may use the challenges by which guardians prove a contact: a code for the one is worth nothing for the other.</summary>
public static class GuardianSubjects
{
    /// <summary>For one invitation.</summary>
    public static string Invitation(string invitation) => $"guardian-invitation~{invitation}";

    /// <summary>For signing in; nobody is signed in yet, so that the challenge's unguessable id is what its starter alone knows.</summary>
    public static string SignIn(string challenge) => $"guardian-sign-in~{challenge}";
}
