using System.Collections.Concurrent;

namespace AiCloud.Identity;

/// <summary>
/// Test persons for developers, told apart by how their name begins (docs/identity-check.md). Nobody is asked, and nobody whose name begins otherwise
/// is ever found.
/// </summary>
internal sealed class DevelopmentIdentityCheck(ExchangeMetrics metrics) : IIdentityCheck
{
    private const int Most = 1000;
    private readonly ConcurrentDictionary<string, bool> _asked = new();

    public IReadOnlyList<IdentityMethod> Methods { get; } = [IdentityMethod.Certificate, IdentityMethod.NetworkId];

    public Task<IdentityAnswer> Ask(IdentityQuestion question, CancellationToken cancellation)
    {
        var answer = Answer(question);
        metrics.Check(answered: answer.Verdict != IdentityVerdict.Later);
        return Task.FromResult(answer);
    }

    private IdentityAnswer Answer(IdentityQuestion question) => question.Method switch
    {
        IdentityMethod.NetworkId => question.Credential is { } token && token.StartsWith("test-match-", StringComparison.Ordinal)
            ? new IdentityAnswer { Verdict = IdentityVerdict.Match, Subject = token["test-match-".Length..], Reference = "development", BirthDateMatches = question.BirthDate is null ? null : true }
            : new IdentityAnswer { Verdict = IdentityVerdict.NotFound },
        IdentityMethod.Certificate => Person(question),
    };

    private IdentityAnswer Person(IdentityQuestion question)
    {
        bool Begins(string chinese, string english) =>
            question.Name is { } name && (name.StartsWith(chinese, StringComparison.Ordinal) || name.StartsWith(english, StringComparison.OrdinalIgnoreCase));
        if (Begins("测试通过", "Test Match")) return new IdentityAnswer { Verdict = IdentityVerdict.Match, Reference = "development", BirthDateMatches = true };
        if (Begins("测试不符", "Test Mismatch")) return new IdentityAnswer { Verdict = IdentityVerdict.Mismatch };
        if (Begins("测试沉默", "Test Silent")) return IdentityAnswer.Later();
        if (Begins("测试稍后", "Test Later"))
        {
            if (_asked.Count >= Most) _asked.Clear();
            return _asked.TryAdd(question.Request, true) ? IdentityAnswer.Later() : new IdentityAnswer { Verdict = IdentityVerdict.Match, Reference = "development" };
        }
        return new IdentityAnswer { Verdict = IdentityVerdict.NotFound };
    }
}

/// <summary>Numbers told apart by their last digit (docs/identity-check.md).</summary>
internal sealed class DevelopmentNumberCheck : IRecycledNumberCheck
{
    public Task<NumberStanding> Ask(NumberQuestion question, CancellationToken cancellation) => Task.FromResult(question.Number.Address[^1] switch
    {
        '8' => NumberStanding.Changed,
        '4' => NumberStanding.Unchanged,
        _ => NumberStanding.Unknown,
    });
}
