using AiCloud.Accounts;
using Microsoft.Extensions.Options;

namespace AiCloud.Names;

/// <summary>
/// Checks a name that an account has whenever it is about to be shown (L-12): rules that changed reach every name before anybody sees it again, and nobody's
/// that is never looked at. Refused, it is shown until the deadline that the person is told of, and then no more.
/// </summary>
internal sealed class StoredNames(DisplayNames names, IGrainFactory grains, IOptions<NameOptions> options, TimeProvider clock)
{
    /// <summary>The account as it may be shown.</summary>
    public async Task<AccountView> Check(AccountView view, CancellationToken cancellation)
    {
        if (view.DisplayName is not { } name) return view;
        var refused = names.Read(name) is null;
        if (refused != view.NameFault is not null)
        {
            var judgement = new NameJudgement { Name = name, Refused = refused, Days = options.Value.CorrectWithinDays };
            var judged = await Repeatable.Call(() => grains.GetGrain<IAccountNames>(AccountKeys.Of(view.Id)).JudgeName(judgement, cancellation));
            view = view with { NameFault = judged.Value?.Fault };
        }
        if (!refused) return view with { NameFault = null };
        return view.NameFault is { } fault && clock.GetUtcNow() >= fault.Deadline ? view with { DisplayName = null } : view;
    }

    /// <inheritdoc cref="Check(AccountView, CancellationToken)"/>
    public async Task<Answer<AccountView>> Check(Outcome<AccountView> outcome, CancellationToken cancellation) =>
        outcome.Value is { } view ? await Check(view, cancellation) : outcome.Refusal!;
}
