using System.Globalization;
using System.Text.RegularExpressions;
using AiCloud.Running;

namespace AiCloud.Faults;

/// <summary>What of the acknowledged is not there, what is there twice, and what the product's own checks say.</summary>
internal sealed record Findings(IReadOnlyList<string> Lost, IReadOnlyList<string> Doubled, IReadOnlyList<string> Breaches);

/// <summary>Compares every acknowledgement with what the database holds, asking as each person would, and runs <c>check</c> and <c>ledger verify</c>.</summary>
internal sealed partial class Checker(Api api, Fleet fleet)
{
    private const int AtOnce = 8;
    private readonly List<string> _lost = [], _doubled = [];

    public async Task<Findings> Compare(IReadOnlyList<Person> people)
    {
        using var places = new SemaphoreSlim(AtOnce);
        var found = await Task.WhenAll(people.Select(async person =>
        {
            await places.WaitAsync();
            try { return await Look(person); }
            finally { places.Release(); }
        }));
        // Whoever signs in has an account; no account is anybody else's.
        var breaches = await Own(found.Count(has => has));
        return new Findings(_lost, _doubled, breaches);
    }

    // Whether the person has an account; the unacknowledged may have one too, whose answer was lost.
    private async Task<bool> Look(Person person)
    {
        var key = Attempt.NewKey();
        var signedIn = await Person.Insist("sign in", () => api.Send(HttpMethod.Post, "/v1/sessions", new { identifier = person.Contact, password = person.Password }, key: key));
        if (person.Account is null) return signedIn.Status == 201;
        if (signedIn.Status != 201)
        {
            Lost($"account {person.Account}: {signedIn}");
            return false;
        }
        if (Attempt.AccountOf(signedIn) != person.Account) Doubled($"account {person.Account}: signs in to {Attempt.AccountOf(signedIn)}");

        var token = signedIn.Text("token");
        var view = await Get("/v1/account", token);
        if (view.Status != 200 || view.Text("locale") != person.Locale) Lost($"account {person.Account}: a change of its facts");
        var accepted = (await Get("/v1/account/acceptances", token)).Body!.AsArray();
        foreach (var (kind, version) in person.Accepted)
        {
            var times = accepted.Count(one => one!["kind"]!.GetValue<string>() == kind && one["version"]!.GetValue<string>() == version);
            if (times == 0) Lost($"account {person.Account}: acceptance of {kind} {version}");
            // Consented to at the start and accepted with the rest at the end: twice at most, and by different acts.
            var acts = accepted.Where(one => one!["kind"]!.GetValue<string>() == kind).GroupBy(one => one!["act"]!.GetValue<string>());
            if (acts.Any(act => act.Count() > 1)) Doubled($"account {person.Account}: acceptance of {kind}");
        }
        foreach (var session in person.Sessions)
            if ((await Get("/v1/account", session)).Status != 200) Lost($"account {person.Account}: a session");
        var open = (await Get("/v1/account/sessions", token)).Body!.AsArray().Count;
        if (open > person.Sessions.Count + 1 && person.Trouble is null) Doubled($"account {person.Account}: {open} sessions instead of {person.Sessions.Count + 1}");
        if (person.Consented)
        {
            var consent = (await Get("/v1/account/consents", token)).Body!.AsArray().Single(one => one!["id"]!.GetValue<string>() == "display-name")!;
            if (consent["state"]!.GetValue<string>() != "given") Lost($"account {person.Account}: a consent");
        }
        return true;
    }

    private async Task<IReadOnlyList<string>> Own(int accounts)
    {
        var breaches = new List<string>();
        foreach (var words in new string[][] { ["check"], ["ledger", "verify"] })
        {
            var (exit, said) = await fleet.Command(words);
            if (exit != 0) breaches.Add($"{string.Join(' ', words)}: {said}");
            if (Counts().Match(said) is not { Success: true } counts) continue;
            var (owned, open) = (int.Parse(counts.Groups["owned"].Value, CultureInfo.InvariantCulture), int.Parse(counts.Groups["open"].Value, CultureInfo.InvariantCulture));
            if (owned > accounts || open > accounts) Doubled($"{owned} identifiers owned and {open} accounts open, and {accounts} people sign in");
        }
        return breaches;
    }

    private Task<Reply> Get(string path, string token) => Person.Insist(path, () => api.Send(HttpMethod.Get, path, token: token));

    private void Lost(string what) { lock (_lost) _lost.Add(what); }

    private void Doubled(string what) { lock (_doubled) _doubled.Add(what); }

    [GeneratedRegex(@"\((?<owned>\d+) owned\).*\((?<open>\d+) open\)")]
    private static partial Regex Counts();
}
