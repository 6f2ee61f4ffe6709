namespace AiCloud.Identity;

/// <summary>What one activation asks the identity check: a request at a time.</summary>
internal sealed class IdentityAsking
{
    private string? _waitedFor;

    /// <summary>
    /// Asks, and waits a little; null without an answer by then, or while this request is waited for already. An answer that comes later goes to
    /// <paramref name="deliver"/>, which makes it a call of its own: what goes on here beside other calls must not write.
    /// <paramref name="failed"/> hears the kind of a failure, which counts as no answer.
    /// </summary>
    public async Task<IdentityAnswer?> Ask(
        IdentityTools tools, IdentityRequest request, Func<IdentityQuestion> question, Func<IdentityAnswer, Task> deliver, Action<string> failed, CancellationToken cancellation)
    {
        if (_waitedFor == request.Id) return null;
        _waitedFor = request.Id;
        var asking = Asked(tools, question(), failed);
        try
        {
            return await asking.WaitAsync(tools.Limits.AnswerWait, cancellation);
        }
        catch (TimeoutException)
        {
            Deliver(asking, deliver).Ignore();
            return null;
        }
    }

    private async Task<IdentityAnswer> Asked(IdentityTools tools, IdentityQuestion question, Action<string> failed)
    {
        var answer = IdentityAnswer.Later();
        try
        {
            answer = await tools.Check.Ask(question, CancellationToken.None);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            failed(failure.GetType().Name);
        }
        if (_waitedFor == question.Request) _waitedFor = null;
        tools.Metrics.Asked(answer.Verdict);
        return answer;
    }

    private static async Task Deliver(Task<IdentityAnswer> asking, Func<IdentityAnswer, Task> deliver) => await deliver(await asking);
}
