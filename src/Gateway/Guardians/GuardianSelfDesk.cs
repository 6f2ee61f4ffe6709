using System.Text.Json;
using AiCloud.Accounts;
using AiCloud.Identity;
using AiCloud.PersonalData;
using AiCloud.Problems;
using AiCloud.Requests;

namespace AiCloud.Guardians;

/// <summary>What is held about the guardian themselves, for API and pages alike (L-11, L-16).</summary>
internal sealed class GuardianSelfDesk(IGrainFactory grains, TimeProvider clock)
{
    /// <summary>Everything, over all accounts that name the contact.</summary>
    public Task<Answer<GuardianSelfBody>> All(GuardianProof who, CancellationToken cancellation) => Collect(who, whole: false, cancellation);

    /// <summary>The same to take along, with the contact in full: needs a sign-in of a short while ago.</summary>
    public async Task<Answer<DataArchive>> Copy(GuardianProof who, CancellationToken cancellation)
    {
        var collected = await Collect(who, whole: true, cancellation);
        if (collected.Problem is { } problem) return problem;
        return DataArchive.OfGuardian(JsonSerializer.SerializeToUtf8Bytes(collected.Value!, WireJson.Options), collected.Value!.CollectedAt);
    }

    public async Task<Answer<GuardianOwnBody>> Correct(GuardianProof who, Guid account, CorrectGuardianRequest request, CancellationToken cancellation)
    {
        if (request.Name is { } typed && RealName.Read(typed) is null) return Problem.At("/name", ProblemCode.RealNameInvalid);
        var correction = new CorrectGuardian { Name = request.Name, Relationship = request.Relationship is { } relationship ? GuardianWire.RelationshipOf(relationship) : null };
        var outcome = await Repeatable.Call(() => Held(account).CorrectOwnData(who, correction, cancellation));
        return outcome.Refusal is { Code: RefusalCode.GuardianNameDiffers } ? Problem.At("/name", ProblemCode.GuardianNameDiffers)
            : outcome.Match<Answer<GuardianOwnBody>>(held => GuardianOwnBody.Of(held), refusal => refusal);
    }

    private async Task<Answer<GuardianSelfBody>> Collect(GuardianProof who, bool whole, CancellationToken cancellation)
    {
        var contact = await Repeatable.Call(() => grains.GetGrain<IGuardianContactGrain>(who.IdentifierKey).OwnContactData(who, cancellation));
        if (contact.Refusal is { } ended) return ended;
        var guardianships = new List<GuardianOwnBody>();
        foreach (var account in contact.Value!.Accounts)
        {
            var held = await Repeatable.Call(() => Held(account).OwnData(who, whole, cancellation));
            if (held.Value is { } data) guardianships.Add(GuardianOwnBody.Of(data));
            else if (held.Refusal is { Code: not RefusalCode.NotFound } refusal) return refusal; // a place alone, without an account, is nothing held
        }
        return new GuardianSelfBody
        {
            Format = GuardianSelfBody.Current,
            CollectedAt = clock.GetUtcNow(),
            Guardianships = [.. guardianships],
            Sessions = [.. contact.Value.Sessions.Select(session => new GuardianSessionTimesBody { OpenedAt = session.OpenedAt, ExpiresAt = session.ExpiresAt })],
            Blocked = contact.Value.Blocked,
        };
    }

    private IGuardianOwnData Held(Guid account) => grains.GetGrain<IGuardianOwnData>(AccountKeys.Of(account));
}
