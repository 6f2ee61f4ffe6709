namespace AiCloud.Admission;

/// <summary>Metadata: the endpoint is answered even when the process is full (health, static files, the waiting room).</summary>
public sealed class AdmissionExempt
{
    /// <summary>The one instance.</summary>
    public static readonly AdmissionExempt Instance = new();

    private AdmissionExempt() { }
}
