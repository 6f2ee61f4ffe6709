using AiCloud.Accounts;
using AiCloud.Consent;
using AiCloud.Documents;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using static AiCloud.Registration.Registrant;

namespace AiCloud.Services;

/// <summary>What an answer to another service costs the database.</summary>
public sealed class EntitlementCostTests(PostgreSqlFixture cluster) : IClassFixture<PostgreSqlFixture>
{
    private static readonly UseReport Question = new()
    {
        ServiceType = "storage", Operation = "upload",
        Needs = [new ServiceNeed { Fact = NeededFact.Contact }, new ServiceNeed { Fact = NeededFact.AdultOrGuardian, Assurance = GuardianAssurance.Id }, new ServiceNeed { Fact = NeededFact.Unrestricted, Function = "upload" }],
    };

    [Fact]
    public async Task A_question_costs_no_statement_a_first_use_one_and_a_later_use_none()
    {
        var person = await cluster.NewPerson().SignUp();
        Assert.True(await person.AccountActor.Flush());
        var announced = await cluster.Grains.Announce("violation-rules", "2.0");
        await cluster.Cluster.GetSiloServiceProvider().GetRequiredService<DocumentCatalog>().Renew(default);
        cluster.Clock.Advance(announced.EffectiveAt - cluster.Now);
        await cluster.Grains.GetGrain<IDocumentGrain>("violation-rules").AsReference<IRemindable>().ReceiveReminder("activate", default); // noted now, and not while statements are counted
        using var counter = cluster.Count();

        Assert.Equal(0, await Statements(Question, 10));
        Assert.Equal(1, await Statements(Question with { Used = true }, 1));
        Assert.Equal(0, await Statements(Question with { Used = true }, 10));
        Assert.Equal(0, await Statements(Question with { Used = true, Needs = [new ServiceNeed { Fact = NeededFact.RealName }] }, 10)); // not allowed: nothing is recorded

        async Task<int> Statements(UseReport report, int times)
        {
            counter.Reset();
            for (var i = 0; i < times; i++) Assert.Equal(report.Needs.Length == 3, Granted(await person.AccountActor.Use(report)).Allowed);
            Assert.True(await person.AccountActor.Flush());
            // The flusher carries entries into the ledger while nobody waits.
            return counter.Statements.Count(text => !text.Contains("ledger", StringComparison.Ordinal) && !text.Contains("directory", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task C2_5c_a_use_that_a_missing_fact_forbids_accepts_nothing()
    {
        var person = await cluster.NewPerson().SignUp();
        var announced = await cluster.Grains.Announce("cancellation-rules", "2.0");
        await cluster.Cluster.GetSiloServiceProvider().GetRequiredService<DocumentCatalog>().Renew(default);
        cluster.Clock.Advance(announced.EffectiveAt - cluster.Now);
        var answer = Granted(await person.AccountActor.Use(Question with { Used = true, Needs = [new ServiceNeed { Fact = NeededFact.Phone }] }));
        Assert.False(answer.Allowed);
        Assert.Equal(["phone"], answer.Missing);
        var signedIn = NewId();
        Granted(await person.AccountActor.SignIn(new SignIn { Operation = NewId(), Session = NewSession(signedIn), MatchedHash = person.PasswordHash }));
        Assert.DoesNotContain(Granted(await person.AccountActor.Acceptances(ProofOf(signedIn))), view => view.Acceptance.Document == announced.Reference);
        Assert.True(Granted(await person.AccountActor.Use(Question with { Used = true, Needs = [] })).Allowed);
        Assert.Contains(Granted(await person.AccountActor.Acceptances(ProofOf(signedIn))), view => view.Acceptance.Document == announced.Reference);
    }
}
