using AiCloud.OpenApi;
using AiCloud.Problems;
using AiCloud.Requests;
using AiCloud.Staff;

namespace AiCloud.Switches;

/// <summary>Throwing switches and taking them back (docs/runbooks/switches.md).</summary>
internal static class SwitchEndpoints
{
    public static void MapSwitches(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/staff/switches").WithTags("Staff").WithMetadata(WorksReadOnly.Instance);
        group.MapGet("/", All)
            .Describes("listSwitches", "List switches", "Those in effect, and after them the last hundred that were.")
            .Answers(200, typeof(SwitchBody[]), "Switches.").Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired);
        group.MapGet("/{name}", One)
            .Describes("getSwitch", "Read a switch", "As it is in effect, or as it last was.")
            .Answers(200, typeof(SwitchBody), "The switch.").Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired, ProblemCode.SwitchUnknown);
        group.MapPut("/{name}", Throw)
            .Describes("throwSwitch", "Throw a switch", "In effect in every process within five seconds, until its end or until it is taken back. Thrown again it has the new reason and end.")
            .Example("""{"reason":"SMS pumping, incident 4711","seconds":3600}""")
            .Answers(200, typeof(SwitchBody), "Thrown.").Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired, ProblemCode.SwitchUnknown, ProblemCode.SwitchEndInvalid);
        group.MapDelete("/{name}", TakeBack)
            .Describes("takeSwitchBack", "Take a switch back", "What it stopped goes on within five seconds.")
            .Answers(200, typeof(SwitchBody), "As it was.").Refuses(ProblemCode.Forbidden, ProblemCode.SecondFactorRequired);
    }

    private static async Task<IResult> All(BearerToken bearer, SwitchDesk desk, TimeProvider clock, CancellationToken cancellation) =>
        (await desk.All(bearer, cancellation)).Reply(switches => TypedResults.Ok(switches.Select(view => SwitchBody.Of(view, clock.GetUtcNow())).ToArray()));

    private static async Task<IResult> One(string name, BearerToken bearer, SwitchDesk desk, TimeProvider clock, CancellationToken cancellation) =>
        (await desk.All(bearer, cancellation)).Reply(switches => !SwitchNames.IsKnown(name) ? Problem.Of(ProblemCode.SwitchUnknown)
            : switches.FirstOrDefault(view => view.Name == name) is { } view ? TypedResults.Ok(SwitchBody.Of(view, clock.GetUtcNow())) : Problem.Of(ProblemCode.NotFound));

    private static async Task<IResult> Throw(
        string name, BearerToken bearer, OperationId operation, Body<ThrowSwitchRequest> body, SwitchDesk desk, TimeProvider clock, CancellationToken cancellation) =>
        (await desk.Throw(bearer, operation, name, body.Value, cancellation)).Reply(view => TypedResults.Ok(SwitchBody.Of(view, clock.GetUtcNow())));

    private static async Task<IResult> TakeBack(string name, BearerToken bearer, OperationId operation, SwitchDesk desk, TimeProvider clock, CancellationToken cancellation) =>
        (await desk.TakeBack(bearer, operation, name, cancellation)).Reply(view => TypedResults.Ok(SwitchBody.Of(view, clock.GetUtcNow())));
}

/// <summary>Members of staff at the switches.</summary>
internal sealed class SwitchDesk(IGrainFactory grains, StaffDesk staff, TimeProvider clock)
{
    public async Task<Answer<SwitchView[]>> All(BearerToken bearer, CancellationToken cancellation)
    {
        var member = await staff.Authorize(bearer, StaffRoles.Operations, "switch.list", "", cancellation);
        if (member.Problem is { } problem) return problem;
        return await Repeatable.Call(() => Switches.All(cancellation));
    }

    public Task<Answer<SwitchView>> Throw(BearerToken bearer, OperationId operation, string name, ThrowSwitchRequest request, CancellationToken cancellation)
    {
        var order = new SwitchOrder { Name = name, Reason = request.Reason, EndsAt = clock.GetUtcNow() + TimeSpan.FromSeconds(request.Seconds) };
        return staff.Act(bearer, new StaffDeed(StaffRoles.Operations, "switch.throw", name, operation), async (member, id) =>
            Answer<SwitchView>.From(await Repeatable.Call(() => Switches.Throw(id, order, member.Standing.Actor, cancellation))), null, cancellation);
    }

    public Task<Answer<SwitchView>> TakeBack(BearerToken bearer, OperationId operation, string name, CancellationToken cancellation) =>
        staff.Act(bearer, new StaffDeed(StaffRoles.Operations, "switch.take-back", name, operation), async (member, id) =>
            Answer<SwitchView>.From(await Repeatable.Call(() => Switches.TakeBack(id, name, member.Standing.Actor, cancellation))), null, cancellation);

    private ISwitchesGrain Switches => grains.GetGrain<ISwitchesGrain>(ISwitchesGrain.Key);
}
