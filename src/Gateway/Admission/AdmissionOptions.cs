using System.ComponentModel.DataAnnotations;

namespace AiCloud.Admission;

/// <summary>How much a gateway process takes up at once. Section <c>AiCloud:Admission</c>.</summary>
public sealed class AdmissionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Admission";

    /// <summary>
    /// Requests under way per processor core. Most of a request is waiting for actors and storage. Too low leaves cores idle; too high turns a
    /// burst into time-outs for everybody.
    /// </summary>
    [Range(1, 4096)]
    public int ConcurrentPerCore { get; set; } = 64;

    /// <summary>Requests that may wait per core. Too low refuses a burst that would have passed; too high makes people wait for an answer they gave up on.</summary>
    [Range(0, 4096)]
    public int QueuedPerCore { get; set; } = 64;

    /// <summary>How long a request may wait to be taken up before it is told to come back.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>When a refused request is told to come back (Retry-After); whole seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a request may run. Must outlast the slowest actor call; too high lets stuck requests hold all places.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
