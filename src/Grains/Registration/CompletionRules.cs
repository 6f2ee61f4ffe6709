using AiCloud.Documents;

namespace AiCloud.Registration;

/// <summary>Who may complete, and with what (C0.1, C2.1a-e, C2.2d). Pure.</summary>
internal static class CompletionRules
{
    /// <summary>What must be accepted at an instant, checked against what was. An unrequired extra is not an error; a wrong version is.</summary>
    public static Refusal? CheckAcceptances(DocumentReference[] accepted, IReadOnlyList<RequiredDocument> required)
    {
        foreach (var document in required)
        {
            var mine = accepted.Where(reference => reference.Kind == document.Reference.Kind).ToArray();
            if (mine.Length == 0) return new Refusal(RefusalCode.AcceptanceMissing);
            if (mine.Any(reference => reference != document.Reference)) return new Refusal(RefusalCode.DocumentNotInForce);
        }
        return null;
    }

    /// <summary>Declarations of C2.1c-e. A minor's capacity is stood in for by the guardian's responsibility.</summary>
    public static Refusal? CheckDeclarations(CompleteRegistration request, int age) =>
        !request.DeclaresInformation || !request.DeclaresEligibility || (age >= Age.Adult && !request.DeclaresCapacity)
            ? new Refusal(RefusalCode.DeclarationMissing) : null;

    /// <summary>Age on the Shanghai day of completion. At 16 and 17 the guardian's answer decides (<see cref="PendingRegistration.LacksGuardian"/>).</summary>
    public static Refusal? CheckAge(int age) => age < Age.Minimum ? new Refusal(RefusalCode.UnderAge) : null;
}
