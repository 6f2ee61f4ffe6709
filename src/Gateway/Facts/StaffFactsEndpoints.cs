using AiCloud.Accounts;
using AiCloud.OpenApi;
using AiCloud.Problems;
using AiCloud.Protection;
using AiCloud.Requests;
using AiCloud.Staff;

namespace AiCloud.Facts;

/// <summary>Staff on the facts of an account: marks, objections and their answers (C2.1g, Z-01). Never a fact itself.</summary>
internal static class StaffFactsEndpoints
{
    public static void MapStaffFacts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/staff/accounts/{account}/facts").WithTags("Staff");
        group.MapGet("/", View)
            .Describes("getAccountFacts", "How an account's facts stand", "Which facts it has, when each was proven, marks and objections; nothing of the facts themselves. Each look is in the audit, since it shows what the person wrote.")
            .Answers(200, typeof(FactStandingsBody), "The facts.").Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired);
        group.MapPost("/{fact}/marks", Mark)
            .Describes("markFact", "Mark a fact false or outdated", "The person is told, and can prove the fact anew or object. What needs it is stopped at the deadline.")
            .Example("""{"fault":"outdated","evidence":"case 4711","days":15}""")
            .Answers(201, typeof(FactMarkBody), "Marked.")
            .Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired, ProblemCode.FactNotHeld, ProblemCode.FactAlreadyMarked);
        group.MapPost("/marks/{mark}/withdrawal", Withdraw)
            .Describes("withdrawFactMark", "Withdraw a mark", "What needs the fact works at once.")
            .Answers(200, typeof(FactMarkBody), "As it is now.").Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired, ProblemCode.FactMarkClosed);
        group.MapPost("/marks/{mark}/answer", Answer)
            .Describes("answerFactContest", "Answer an objection", "By another member than who made the mark. Accepted, the mark ends; else it stands with its deadline.")
            .Example("""{"accepted":true}""")
            .Answers(200, typeof(FactMarkBody), "As it is now.")
            .Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired, ProblemCode.FactMarkClosed, ProblemCode.NothingContested, ProblemCode.SecondPersonNeeded);
    }

    private static async Task<IResult> View(string account, BearerToken bearer, StaffFactsDesk desk, CancellationToken cancellation) =>
        (await desk.View(bearer, account, cancellation)).Reply(view => TypedResults.Ok(FactStandingsBody.Of(view, forStaff: true)));

    private static async Task<IResult> Mark(
        string account, string fact, BearerToken bearer, OperationId operation, Body<FactMarkRequest> body, StaffFactsDesk desk, CancellationToken cancellation) =>
        (await desk.Mark(bearer, operation, account, fact, body.Value, cancellation)).Reply(mark => TypedResults.Created((string?)null, FactMarkBody.Of(mark)));

    private static async Task<IResult> Withdraw(string account, string mark, BearerToken bearer, OperationId operation, StaffFactsDesk desk, CancellationToken cancellation) =>
        (await desk.Withdraw(bearer, operation, account, mark, cancellation)).Reply(view => TypedResults.Ok(FactMarkBody.Of(view)));

    private static async Task<IResult> Answer(
        string account, string mark, BearerToken bearer, OperationId operation, Body<ContestAnswerRequest> body, StaffFactsDesk desk, CancellationToken cancellation) =>
        (await desk.Answer(bearer, operation, account, mark, body.Value.Accepted, cancellation)).Reply(view => TypedResults.Ok(FactMarkBody.Of(view)));
}

/// <summary>Members of staff who mark facts.</summary>
internal sealed class StaffFactsDesk(IGrainFactory grains, StaffDesk staff, DerivedIds ids, IRandomness randomness)
{
    public Task<Answer<FactStandings>> View(BearerToken bearer, string account, CancellationToken cancellation) =>
        staff.Act<FactStandings>(bearer, Deed("fact.read", account, OperationId.Fresh(bearer.Context)), (_, _) =>
            Ask(account, grain => grain.FactsForStaff(cancellation)), null, cancellation);

    public Task<Answer<FactMarkView>> Mark(BearerToken bearer, OperationId operation, string account, string fact, FactMarkRequest request, CancellationToken cancellation) =>
        staff.Act<FactMarkView>(bearer, Deed("fact.mark", $"{account}/{fact}", operation), async (by, id) =>
        {
            if (AccountFactNames.Parse(fact) is not { } known) return ProblemCode.NotFound;
            var marking = new FactMarking
            {
                Operation = id,
                Id = operation.FromClient ? ids.FromIdempotencyKey(operation.Value, $"fact-mark/{by.Id}/{account}") : DerivedIds.New(randomness),
                Fact = known,
                Fault = request.Fault == "false" ? FactFault.False : FactFault.Outdated,
                Reference = request.Evidence,
                Days = request.Days,
                By = by.Standing.Actor,
            };
            return await Ask(account, grain => grain.MarkFact(marking, cancellation));
        }, null, cancellation);

    public Task<Answer<FactMarkView>> Withdraw(BearerToken bearer, OperationId operation, string account, string mark, CancellationToken cancellation) =>
        staff.Act<FactMarkView>(bearer, Deed("fact.withdraw", $"{account}/{mark}", operation), (by, id) =>
            Ask(account, grain => grain.WithdrawMark(Act(by, id, mark), cancellation)), null, cancellation);

    public Task<Answer<FactMarkView>> Answer(BearerToken bearer, OperationId operation, string account, string mark, bool accepted, CancellationToken cancellation) =>
        staff.Act<FactMarkView>(bearer, Deed("fact.answer", $"{account}/{mark}", operation), (by, id) =>
            Ask(account, grain => grain.AnswerContest(Act(by, id, mark), accepted, cancellation)), null, cancellation);

    private static StaffDeed Deed(string action, string target, OperationId operation) => new(StaffRoles.MarkFacts, action, target, operation);

    private static FactMarkAct Act(StaffMember by, string operation, string mark) => new() { Operation = operation, Mark = mark, By = by.Standing.Actor };

    private IAccountFacts Grain(Guid account) => grains.GetGrain<IAccountFacts>(AccountKeys.Of(account));

    // What is no id is nobody's: it is answered like one, and no actor is asked.
    private Task<Answer<T>> Ask<T>(string account, Func<IAccountFacts, Task<Outcome<T>>> ask) where T : class => Guid.TryParseExact(account, "D", out var id)
        ? Asked(id, ask) : Task.FromResult<Answer<T>>(ProblemCode.NotFound);

    private async Task<Answer<T>> Asked<T>(Guid account, Func<IAccountFacts, Task<Outcome<T>>> ask) where T : class => Answer<T>.From(await Repeatable.Call(() => ask(Grain(account))));
}
