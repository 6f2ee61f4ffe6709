using AiCloud.Accounts;
using AiCloud.Challenges;
using AiCloud.Pages;
using AiCloud.PersonalData;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Registration.Pages;
using AiCloud.Requests;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AiCloud.Guardians.Pages;

/// <summary>The guardian's console: signing in by a code, and what may be done for each minor's account (C2.1b).</summary>
internal sealed class ConsoleModel(GuardianSessionDesk desk, GuardianLeavingDesk leaving, GuardianSelfDesk self, ChallengeDesk challenges, Tokens tokens, IRandomness randomness) : PageModel
{
    private const string SessionCookie = "guardian", ChallengeCookie = "guardian-sign-in";

    /// <summary>Accounts; null while nobody is signed in.</summary>
    public IReadOnlyList<GuardedAccountView>? Accounts { get; private set; }

    /// <summary>The newest copy of each account that has one.</summary>
    public Dictionary<Guid, ExportView> Copies { get; } = [];

    /// <summary>What is held about the guardian themselves; null while nobody is signed in.</summary>
    public GuardianSelfBody? Self { get; private set; }

    public ChallengeView? Code { get; private set; }

    public string Operation { get; } = DerivedIds.New(randomness);

    public Task<IActionResult> OnGet(CancellationToken cancellation) => Show(new FormState(), cancellation);

    public async Task<IActionResult> OnPostCode(CancellationToken cancellation)
    {
        var sent = await Request.ReadFormAsync(cancellation);
        var form = FormState.Of(sent, "guardianMethod", "guardianPhone", "guardianEmail");
        var (request, fault) = GuardianForms.Contact(sent, form);
        if (form.IsRefused) return await Show(form, cancellation);
        if (fault is null)
        {
            var answer = await desk.SendCode(request!, Caller.Of(HttpContext, channel: "web"), OperationId.OfForm(HttpContext, sent["operation"]), cancellation);
            if (answer.Value is { } started)
            {
                PageCookies.Write(HttpContext, ChallengeCookie, started.Id, started.View.ExpiresAt);
                return Redirect("/guardian");
            }
            fault = answer.Problem;
        }
        form.Refuse(fault!, GuardianForms.FieldOf);
        return await Show(form, cancellation);
    }

    public async Task<IActionResult> OnPostVerify(CancellationToken cancellation)
    {
        var sent = await Request.ReadFormAsync(cancellation);
        var (form, code) = (new FormState(), sent["code"].ToString().Trim());
        if (code.Length is 0 or > 32 || PageCookies.Read(HttpContext, ChallengeCookie) is not { } challenge)
        {
            form.Refuse("code", RegistrationTexts.CodeMissing);
            return await Show(form, cancellation);
        }
        var answer = await desk.SignIn(new GuardianCodeRequest { Challenge = challenge, Code = code }, Caller.Of(HttpContext, channel: "web"), OperationId.OfForm(HttpContext, sent["operation"]), cancellation);
        if (answer.Problem is { } problem)
        {
            form.Refuse("code", problem.Code == ProblemCode.NotAGuardian ? GuardianPageTexts.ConsoleNobody : ProblemWords.Of(problem));
            return await Show(form, cancellation);
        }
        PageCookies.Clear(HttpContext, ChallengeCookie);
        PageCookies.Write(HttpContext, SessionCookie, answer.Value!.Token, answer.Value.Session.ExpiresAt);
        return Redirect("/guardian");
    }

    public IActionResult OnPostAgain()
    {
        PageCookies.Clear(HttpContext, ChallengeCookie);
        return Redirect("/guardian");
    }

    public Task<IActionResult> OnPostFreeze(CancellationToken cancellation) => With(async (who, account, sent) =>
        (await desk.Freeze(who, account, sent["frozen"] == RegistrationForms.Yes, cancellation)).Problem, cancellation);

    public Task<IActionResult> OnPostCorrect(CancellationToken cancellation) => With(async (who, account, sent) =>
    {
        var (patch, fault) = GuardianForms.Parse<AccountPatch>(new { displayName = sent["displayName"].ToString().Trim() });
        return fault ?? (await desk.Correct(who, account, new ChangeAccount { DisplayName = patch!.DisplayName }, cancellation)).Problem;
    }, cancellation);

    public async Task<IActionResult> OnPostWithdraw(CancellationToken cancellation)
    {
        var sent = await Request.ReadFormAsync(cancellation);
        if (sent["sure"] == RegistrationForms.Yes) return await With(async (who, account, _) => (await desk.Withdraw(who, account, cancellation)).Problem, cancellation);
        var form = new FormState();
        form.Refuse($"sure-{sent["account"]}", GuardianPageTexts.WithdrawMissing);
        return await Show(form, cancellation);
    }

    public Task<IActionResult> OnPostCopy(CancellationToken cancellation) => With(async (who, account, _) =>
    {
        var answer = await leaving.RequestExport(who, account, OperationId.Fresh(HttpContext), cancellation);
        // Most copies are made before anybody could press a key: whoever has no script is spared looking again.
        for (var looks = 0; looks < 10 && answer.Value is { State: ExportState.Preparing } view; looks++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
            answer = await leaving.Export(who, account, view.Id, cancellation);
        }
        return answer.Problem;
    }, cancellation);

    public async Task<IActionResult> OnPostCancel(CancellationToken cancellation)
    {
        var sent = await Request.ReadFormAsync(cancellation);
        if (sent["understood"] == RegistrationForms.Yes)
            return await With(async (who, account, _) => (await leaving.Cancel(who, account, understood: true, OperationId.Fresh(HttpContext), cancellation)).Problem, cancellation);
        var form = new FormState();
        form.Refuse($"understood-{sent["account"]}", GuardianPageTexts.CancelMissing);
        return await Show(form, cancellation);
    }

    public Task<IActionResult> OnPostTakeBack(CancellationToken cancellation) => With(async (who, account, _) => (await leaving.TakeBack(who, account, cancellation)).Problem, cancellation);

    public async Task<IActionResult> OnGetArchive(string account, string id, CancellationToken cancellation)
    {
        if (Session() is not { } who || !Guid.TryParseExact(account, "D", out var minor)) return Redirect("/guardian");
        var archive = await leaving.Download(who, minor, id, cancellation);
        if (archive.Problem is { } problem)
        {
            var form = new FormState();
            Refuse(form, problem);
            return await Show(form, cancellation);
        }
        Response.Headers.CacheControl = "no-store";
        return File(archive.Value!.Zip, DataArchive.MediaType, archive.Value.Name);
    }

    public async Task<IActionResult> OnPostCorrectSelf(CancellationToken cancellation)
    {
        var sent = await Request.ReadFormAsync(cancellation);
        if (Session() is not { } who || !Guid.TryParseExact(sent["account"], "D", out var account)) return Redirect("/guardian");
        var (name, relationship) = ($"own-name-{account}", $"own-relationship-{account}");
        var (request, fault) = GuardianForms.Parse<CorrectGuardianRequest>(new { name = Given(sent[name]), relationship = Given(sent[relationship]) });
        fault ??= (await self.Correct(who, account, request!, cancellation)).Problem;
        if (fault is null) return Redirect("/guardian?notice=saved");
        if (fault.Code == ProblemCode.NotFound) return Redirect("/guardian");
        var form = FormState.Of(sent, name, relationship);
        form.Refuse(fault, pointer => pointer switch { "/name" => name, "/relationship" => relationship, _ => null });
        return await Show(form, cancellation);

        static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
    }

    public async Task<IActionResult> OnGetSelf(CancellationToken cancellation)
    {
        if (Session() is not { } who) return Redirect("/guardian");
        var archive = await self.Copy(who, cancellation);
        if (archive.Problem is { } problem)
        {
            var form = new FormState();
            Refuse(form, problem);
            return await Show(form, cancellation);
        }
        Response.Headers.CacheControl = "no-store";
        return File(archive.Value!.Zip, DataArchive.MediaType, archive.Value.Name);
    }

    public async Task<IActionResult> OnPostSignOut(CancellationToken cancellation)
    {
        if (Session() is { } who) await desk.SignOut(who, cancellation);
        PageCookies.Clear(HttpContext, SessionCookie);
        return Redirect("/guardian?notice=signed-out");
    }

    private async Task<IActionResult> With(Func<GuardianProof, Guid, IFormCollection, Task<Problem?>> act, CancellationToken cancellation)
    {
        var sent = await Request.ReadFormAsync(cancellation);
        if (Session() is not { } who || !Guid.TryParseExact(sent["account"], "D", out var account)) return Redirect("/guardian");
        if (await act(who, account, sent) is not { } problem) return Redirect("/guardian?notice=saved");
        if (problem.Code == ProblemCode.NotFound) return Redirect("/guardian");
        var form = new FormState();
        Refuse(form, problem);
        return await Show(form, cancellation);
    }

    private static void Refuse(FormState form, Problem problem)
    {
        if (problem.Code == ProblemCode.ReauthenticationRequired) form.Refuse(GuardianPageTexts.SignInAgain);
        else form.Refuse(problem, GuardianForms.FieldOf);
    }

    private async Task<IActionResult> Show(FormState form, CancellationToken cancellation)
    {
        if (Session() is { } who)
        {
            var answer = await desk.Accounts(who, cancellation);
            if (answer.Problem is { Code: ProblemCode.NotFound }) PageCookies.Clear(HttpContext, SessionCookie);
            else if (answer.Problem is { } problem) return new ProblemAnswer(problem);
            Accounts = answer.Value;
            if (answer.Value is not null) Self = (await self.All(who, cancellation)).Value;
            foreach (var view in answer.Value ?? [])
                if ((await leaving.Export(who, view.Account.Id, id: null, cancellation)).Value is { } copy) Copies[view.Account.Id] = copy;
        }
        if (Accounts is null && PageCookies.Read(HttpContext, ChallengeCookie) is { } challenge && ChallengeDesk.IsId(challenge))
            Code = (await challenges.View(challenge, GuardianSubjects.SignIn(challenge), cancellation)).Value;
        ViewData.Form(form);
        if (form.IsRefused) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private GuardianProof? Session() => GuardianTokens.Read(tokens, PageCookies.Read(HttpContext, SessionCookie));
}
