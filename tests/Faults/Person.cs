using System.Diagnostics;
using AiCloud.Running;

namespace AiCloud.Faults;

/// <summary>
/// Somebody who registers, and every third time signs in and changes something, with a client that behaves: one Idempotency-Key for one act until
/// there is an answer, Retry-After honoured, a pause that grows where none is named. Everything that was acknowledged is remembered.
/// </summary>
internal sealed class Person(Api api, int number)
{
    private static readonly TimeSpan LongestAct = TimeSpan.FromSeconds(110), CodeMissing = TimeSpan.FromSeconds(12), LongestPause = TimeSpan.FromSeconds(2);

    private readonly Attempt _attempt = new(api, number % 4 == 0 ? Attempt.NewPhone() : Attempt.NewEmail());

    public string Contact => _attempt.Contact;
    public string Password => _attempt.Password;

    /// <summary>The account that a completion was answered with.</summary>
    public string? Account { get; private set; }

    /// <summary>Documents that the answered completion accepted, and the one consented to at the start.</summary>
    public IReadOnlyList<(string Kind, string Version)> Accepted { get; private set; } = [];

    /// <summary>Sessions whose tokens were answered.</summary>
    public List<string> Sessions { get; } = [];

    /// <summary>Language of messages, as last acknowledged.</summary>
    public string Locale { get; private set; } = "en";

    /// <summary>Whether a consent was acknowledged.</summary>
    public bool Consented { get; private set; }

    /// <summary>Acts that were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>What a well-made client would have noticed: an act without an answer in time, or an answer that cannot be.</summary>
    public string? Trouble { get; private set; }

    public async Task Live()
    {
        try
        {
            await Register();
            if (number % 3 == 0) await Use();
        }
        catch (TroubleException trouble)
        {
            Trouble = trouble.Message;
        }
        catch (InvalidOperationException vain) // of a loop that waited in vain
        {
            Trouble = vain.Message;
        }
    }

    /// <summary>Repeats one act with one key until it is answered.</summary>
    public static async Task<Reply> Insist(string act, Func<Task<Reply>> ask)
    {
        var since = Stopwatch.StartNew();
        var pause = TimeSpan.FromMilliseconds(250);
        while (true)
        {
            var reply = await ask();
            if (Api.IsFinal(reply)) return reply;
            if (since.Elapsed > LongestAct) throw new TroubleException($"{act}: no answer within {LongestAct.TotalSeconds:0} s, last {reply}");
            await Task.Delay(reply.Message?.Headers.RetryAfter?.Delta ?? pause);
            if (pause < LongestPause) pause *= 2;
        }
    }

    private async Task Register()
    {
        var started = Expect("start", 201, await Insist("start", _attempt.StartOnce));
        _attempt.Begin(started);
        await Verify();
        var completed = Expect("complete", 201, await Insist("complete", () => _attempt.CompleteOnce()));
        Account = Attempt.AccountOf(completed);
        Accepted = [.. _attempt.Documents];
        Sessions.Add(completed.Body!["session"]!["token"]!.GetValue<string>());
    }

    private async Task Verify()
    {
        var since = Stopwatch.StartNew();
        var code = await Code();
        while (true)
        {
            var key = Attempt.NewKey();
            var reply = await Insist("verify", () => _attempt.VerifyOnce(code, key));
            if (reply is { Status: 200 } && reply.Text("state") == "verified") break;
            // Asked again meanwhile, an older message was read: the newest counts.
            if (reply.Code is not ("code_wrong" or "code_expired") || since.Elapsed > LongestAct) throw new TroubleException($"verify: {reply}");
            await Task.Delay(LongestPause);
            code = await Code();
        }
        Acknowledged++;
    }

    private async Task<string> Code()
    {
        var since = Stopwatch.StartNew();
        var asked = since.Elapsed;
        while (true)
        {
            var outbox = await Insist("outbox", () => api.Send(HttpMethod.Get, $"/dev/outbox?to={Uri.EscapeDataString(Contact)}"));
            if (outbox.Status == 200 && outbox.Body!.AsArray() is [{ } newest, ..]) return newest["code"]!.GetValue<string>();
            if (since.Elapsed > LongestAct) throw new TroubleException($"no code within {LongestAct.TotalSeconds:0} s");
            if (since.Elapsed - asked > CodeMissing)
            {
                // The outbox of development delivery is in a silo's memory and goes with it.
                asked = since.Elapsed;
                var key = Attempt.NewKey();
                await Insist("resend", () => api.Send(HttpMethod.Post, $"/v1/registrations/{_attempt.Id}/code", null, _attempt.Token, key));
            }
            await Task.Delay(TimeSpan.FromMilliseconds(300));
        }
    }

    private async Task Use()
    {
        var key = Attempt.NewKey();
        var signedIn = Expect("sign in", 201, await Insist("sign in", () => api.Send(HttpMethod.Post, "/v1/sessions", new { identifier = Contact, password = Password }, key: key)));
        if (Attempt.AccountOf(signedIn) != Account) throw new TroubleException($"sign in: another account than {Account}");
        var token = signedIn.Text("token");
        Sessions.Add(token);
        Expect("patch", 200, await Insist("patch", () => api.Send(HttpMethod.Patch, "/v1/account", new { locale = "zh-CN" }, token)));
        Locale = "zh-CN";
        var consents = Expect("consents", 200, await Insist("consents", () => api.Send(HttpMethod.Get, "/v1/account/consents", token: token)));
        var purpose = consents.Body!.AsArray().Single(one => one!["id"]!.GetValue<string>() == "display-name")!;
        var document = new { kind = purpose["document"]!["kind"]!.GetValue<string>(), version = purpose["document"]!["version"]!.GetValue<string>(), sha256 = purpose["document"]!["sha256"]!.GetValue<string>() };
        Expect("consent", 200, await Insist("consent", () => api.Send(HttpMethod.Put, "/v1/account/consents/display-name", new { given = true, document }, token)));
        Consented = true;
        var view = Expect("view", 200, await Insist("view", () => api.Send(HttpMethod.Get, "/v1/account", token: token)));
        if (view.Text("locale") != Locale) throw new TroubleException("view: an acknowledged change is not there");
    }

    private Reply Expect(string act, int status, Reply reply)
    {
        if (reply.Status != status) throw new TroubleException($"{act}: {reply}");
        Acknowledged++;
        return reply;
    }
}

/// <summary>A person's client has something to complain of.</summary>
internal sealed class TroubleException(string message) : Exception(message);
