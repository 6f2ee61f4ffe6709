using System.Globalization;
using System.Text;

namespace AiCloud.Requests;

/// <summary>One limit as a client may see it. Values for a contact are the same whether or not it is known (standards H-04).</summary>
/// <param name="Policy">Its name; visible ASCII.</param>
/// <param name="Quota">Uses per window.</param>
/// <param name="Window">The window; whole seconds, at least one.</param>
/// <param name="Remaining">Uses left.</param>
/// <param name="Reset">Until uses come back; rounded up.</param>
public sealed record VisibleLimit(string Policy, long Quota, TimeSpan Window, long Remaining, TimeSpan Reset);

/// <summary>
/// <c>RateLimit-Policy</c> and <c>RateLimit</c> as draft-ietf-httpapi-ratelimit-headers-10 has them: structured-field Lists of String items. The
/// draft may still move, so this is the only place that knows its syntax.
/// </summary>
public static class RateLimitHeaders
{
    /// <summary>Writes both headers.</summary>
    public static void Write(HttpResponse response, params ReadOnlySpan<VisibleLimit> limits)
    {
        if (limits.IsEmpty) return;
        var (policies, states) = (new StringBuilder(), new StringBuilder());
        foreach (var limit in limits)
        {
            var separator = policies.Length == 0 ? "" : ", ";
            policies.Append(CultureInfo.InvariantCulture, $"{separator}{Quoted(limit.Policy)};q={Math.Max(0, limit.Quota)};w={Math.Max(1, Seconds(limit.Window))}");
            states.Append(CultureInfo.InvariantCulture, $"{separator}{Quoted(limit.Policy)};r={Math.Max(0, limit.Remaining)};t={Seconds(limit.Reset)}");
        }

        response.Headers["RateLimit-Policy"] = policies.ToString();
        response.Headers["RateLimit"] = states.ToString();
    }

    /// <summary>The Retry-After that goes with spent limits: never before the last of them has uses again (draft-10 §5).</summary>
    public static TimeSpan? RetryAfter(params ReadOnlySpan<VisibleLimit> limits)
    {
        TimeSpan? latest = null;
        foreach (var limit in limits)
            if (limit.Remaining <= 0 && (latest is null || limit.Reset > latest)) latest = limit.Reset;
        return latest;
    }

    private static long Seconds(TimeSpan time) => Math.Max(0, (long)Math.Ceiling(time.TotalSeconds));

    private static string Quoted(string name) =>
        name.All(c => c is >= ' ' and <= '~')
            ? $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : throw new ArgumentException("A policy's name is visible ASCII.", nameof(name));
}
