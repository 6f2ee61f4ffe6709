using System.Collections.Concurrent;

namespace AiCloud.Identity;

/// <summary>An identity check whose answers a test decides, and what it was asked.</summary>
public sealed class ScriptedCheck : IIdentityCheck
{
    private readonly ConcurrentQueue<IdentityQuestion> _asked = new();

    /// <summary>What it answers.</summary>
    public Func<IdentityQuestion, Task<IdentityAnswer>> Answers { get; set; } = _ => Task.FromResult(Match);

    /// <summary>Everything that was asked.</summary>
    public IReadOnlyList<IdentityQuestion> Asked => [.. _asked];

    public static IdentityAnswer Match { get; } = new() { Verdict = IdentityVerdict.Match, Reference = "r-1" };

    public IReadOnlyList<IdentityMethod> Methods { get; set; } = [IdentityMethod.Certificate, IdentityMethod.NetworkId];

    public Task<IdentityAnswer> Ask(IdentityQuestion question, CancellationToken cancellation)
    {
        _asked.Enqueue(question);
        return Answers(question);
    }

    public void AnswersAlways(IdentityVerdict verdict) => Answers = _ => Task.FromResult(new IdentityAnswer { Verdict = verdict });
}
