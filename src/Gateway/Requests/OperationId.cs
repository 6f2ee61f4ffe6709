using System.Buffers.Text;
using System.Reflection;
using System.Security.Cryptography;
using AiCloud.OpenApi;
using AiCloud.Problems;
using AiCloud.Protection;
using Microsoft.AspNetCore.Http.Metadata;

namespace AiCloud.Requests;

/// <summary>On an <see cref="OperationId"/>: the call has no session, so a key that is sent must be unguessable (else 400 idempotency_key_weak).</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class WithoutSessionAttribute : Attribute;

/// <summary>
/// Names one act, so that whoever repeats it finds it done (DESIGN.md §3): the Idempotency-Key, else minted once per HTTP request.
/// </summary>
public sealed class OperationId : IBindableFromHttpContext<OperationId>, IEndpointParameterMetadataProvider
{
    private static readonly object Minted = new();

    private OperationId(string value, bool fromClient) => (Value, FromClient) = (value, fromClient);

    /// <summary>The key as the client sent it, without quotes; or 128 random bits in base64url.</summary>
    public string Value { get; }

    /// <summary>Whether the client chose it, and so may send it again.</summary>
    public bool FromClient { get; }

    /// <inheritdoc />
    public static ValueTask<OperationId?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var (key, problem) = IdempotencyKey.Parse(context.Request.Headers[IdempotencyKey.Header], parameter.IsDefined(typeof(WithoutSessionAttribute)));
        if (problem is { } code) RefusedBinding.Refuse(context, Problem.Of(code));
        return ValueTask.FromResult<OperationId?>(key is null ? Mint(context) : new(key, fromClient: true));
    }

    /// <inheritdoc />
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        var strong = parameter.IsDefined(typeof(WithoutSessionAttribute));
        builder.Metadata.Add(new TakesIdempotencyKey(strong));
        builder.Metadata.Add(new DeclaredRefusals(strong ? ProblemCode.IdempotencyKeyWeak : ProblemCode.IdempotencyKeyInvalid, ProblemCode.IdempotencyKeyReused, ProblemCode.IdempotencyInProgress));
        RefusedBinding.Guard(builder);
    }

    /// <summary>For pages: the id that a form was handed out with, so that a form sent twice acts once; a fresh one when it is missing or weak.</summary>
    internal static OperationId OfForm(HttpContext context, string? value) => DerivedIds.IsStrong(value) ? new(value!, fromClient: true) : Mint(context);

    /// <summary>For pages: a fresh one.</summary>
    internal static OperationId Fresh(HttpContext context) => Mint(context);

    /// <inheritdoc />
    public override string ToString() => FromClient ? "OperationId (client's)" : "OperationId (minted)";

    private static OperationId Mint(HttpContext context)
    {
        if (context.Items.TryGetValue(Minted, out var known)) return (OperationId)known!;
        var minted = new OperationId(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)), fromClient: false);
        context.Items[Minted] = minted;
        return minted;
    }
}

/// <summary>Metadata: the endpoint honours Idempotency-Key.</summary>
/// <param name="Strong">Whether weak keys are refused.</param>
public sealed record TakesIdempotencyKey(bool Strong);
