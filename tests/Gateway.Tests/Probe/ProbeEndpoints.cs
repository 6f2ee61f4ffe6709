using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using AiCloud.OpenApi;
using AiCloud.Problems;
using AiCloud.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AiCloud.Probe;

/// <summary>Colours that a thing can have.</summary>
public enum Colour
{
    DarkRed = 1,
    [JsonStringEnumMemberName("zh-CN")] Chinese = 2,
}

/// <summary>A thing inside a thing.</summary>
public sealed record Part
{
    /// <summary>Its name.</summary>
    [StringLength(10, MinimumLength = 2)] public required string Name { get; init; }

    /// <summary>How many.</summary>
    [Range(1, 9)] public int Count { get; init; } = 1;
}

/// <summary>A request with a member of every kind.</summary>
public sealed record ThingRequest
{
    /// <summary>Digits.</summary>
    [RegularExpression("[0-9]{4,8}"), MaxLength(8)] public required string Code { get; init; }

    /// <summary>Its colour.</summary>
    public required Colour Colour { get; init; }

    /// <summary>Whether it is new.</summary>
    public required bool Fresh { get; init; }

    /// <summary>Its name, shown to people.</summary>
    [MaxLength(20)] public string? DisplayName { get; init; }

    /// <summary>Several lines.</summary>
    [MaxLength(2000), Text(TextRule.Multiline)] public string? Note { get; init; }

    /// <summary>A secret.</summary>
    [MaxLength(128), Text(TextRule.Verbatim)] public string? Password { get; init; }

    /// <summary>A day.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>An instant.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>How heavy.</summary>
    [Range(0.0, 10.0)] public double? Weight { get; init; }

    /// <summary>The main part.</summary>
    public Part? Main { get; init; }

    /// <summary>Other parts.</summary>
    [MaxLength(3)] public IReadOnlyList<Part> Parts { get; init; } = [];

    /// <summary>Texts by language.</summary>
    [MaxLength(100), Text(TextRule.Multiline)] public IReadOnlyDictionary<string, string>? Texts { get; init; }
}

/// <summary>What came of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Operation">The operation's id.</param>
public sealed record ThingResponse([property: MaxLength(64)] string Id, [property: MaxLength(255)] string Operation);

/// <summary>Endpoints as their authors will write them.</summary>
public static class ProbeEndpoints
{
    public static void MapProbe(this IEndpointRouteBuilder routes)
    {
        var things = routes.MapGroup("/v1/things").WithTags("Things");
        things.MapPost("/", Create).Describes("createThing", "Creates a thing", "Takes every kind of member. Repeating it with the same Idempotency-Key changes nothing.")
            .Answers(StatusCodes.Status201Created, typeof(ThingResponse), "Created.").Refuses(ProblemCode.PhoneInvalid, ProblemCode.SendLimit);
        things.MapGet("/{id}", Show).Describes("showThing", "Shows a thing", "Needs its token.")
            .Answers(StatusCodes.Status200OK, typeof(ThingResponse), "The thing.");
        things.MapPost("/{id}/parts", Change).Describes("addPart", "Adds a part", "Needs the thing's token.")
            .Answers(StatusCodes.Status200OK, typeof(ThingResponse), "Added.");
        things.MapPatch("/{id}", Change).WithName("changeThing").Describes("Changes a thing", "A merge-patch (RFC 7396). Needs the thing's token.")
            .Answers(StatusCodes.Status200OK, typeof(ThingResponse), "Changed.").Refuses(RefusalCode.AlreadyCompleted);
        things.MapGet("/{id}/count/{number:int}", (string id, int number) => TypedResults.Ok(new ThingResponse(id, $"{number}"))).ExcludeFromDescription();
        things.MapGet("/bound", (int number) => TypedResults.Ok(number)).ExcludeFromDescription();
        things.MapGet("/refused/{code}", (string code) => Problem.From(new Refusal(Enum.Parse<RefusalCode>(code), TimeSpan.FromSeconds(1.2), 3))).ExcludeFromDescription();
        things.MapGet("/status/{status:int}", (int status) => TypedResults.StatusCode(status)).ExcludeFromDescription();
        things.MapGet("/network", (HttpContext context) => TypedResults.Text($"{context.Connection.RemoteIpAddress} {context.Request.Scheme}")).ExcludeFromDescription();
        things.MapGet("/crash", (HttpContext _) => throw new InvalidOperationException("secret-of-the-crash")).ExcludeFromDescription();
        things.MapGet("/outage", (HttpContext _) => throw new TimeoutException("secret-of-the-outage")).ExcludeFromDescription();
        things.MapGet("/undeclared", (HttpContext _) => Problem.Of(ProblemCode.UnderAge)).Refuses(ProblemCode.PhoneInvalid).ExcludeFromDescription();
        things.MapGet("/half", Half).ExcludeFromDescription();
    }

    private static Created<ThingResponse> Create([WithoutSession] OperationId operation, Body<ThingRequest> body) =>
        TypedResults.Created("/v1/things/1", new ThingResponse(body.Value.Code, operation.Value));

    private static IResult Show(BearerToken token, [Description("The thing's id."), MaxLength(64)] string id) =>
        token.Value == "right" ? TypedResults.Ok(new ThingResponse(id, "shown")) : Problem.Of(ProblemCode.NotFound);

    private static IResult Change(BearerToken token, OperationId operation, [Description("The thing's id."), MaxLength(64)] string id, Body<Part> body) =>
        token.Value == "right" ? TypedResults.Ok(new ThingResponse(id + body.Value.Name, operation.Value)) : Problem.Of(ProblemCode.NotFound);

    private static async Task Half(HttpContext context)
    {
        await context.Response.WriteAsync("half of it");
        await context.Response.Body.FlushAsync();
        throw new InvalidOperationException("secret-of-the-crash");
    }
}
