using System.Buffers;
using System.Reflection;
using AiCloud.OpenApi;
using AiCloud.Problems;
using Microsoft.AspNetCore.Http.Metadata;

namespace AiCloud.Requests;

/// <summary>
/// The token of <c>Authorization: Bearer</c> (RFC 6750 §2.1); 401 without one or with something that cannot be one. Whether it is right
/// is for the endpoint to find out, and then answered 404 (API.md).
/// </summary>
public sealed class BearerToken : IBindableFromHttpContext<BearerToken>, IEndpointParameterMetadataProvider
{
    /// <summary>Characters that a token may have.</summary>
    public const int MaxLength = 1024;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/");

    private BearerToken(string value, HttpContext context) => (Value, Context) = (value, context);

    /// <summary>The token as sent.</summary>
    public string Value { get; }

    /// <summary>The request it came with.</summary>
    public HttpContext Context { get; }

    /// <inheritdoc />
    public static ValueTask<BearerToken?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var token = Of(context);
        if (token is null) RefusedBinding.Refuse(context, Problem.Of(ProblemCode.Unauthorized));
        return ValueTask.FromResult<BearerToken?>(token ?? new("", context));
    }

    /// <summary>The token, or null when there is none or it is malformed.</summary>
    public static BearerToken? Of(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count != 1 || header[0] is not { Length: > 7 } value || !value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return null;
        var token = value.AsSpan(7).Trim(' ');
        if (token.Length is 0 or > MaxLength || token.TrimEnd('=') is not { Length: > 0 } core || core.ContainsAnyExcept(Allowed)) return null;
        return new(token.ToString(), context);
    }

    /// <inheritdoc />
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(NeedsBearer.Instance);
        builder.Metadata.Add(new DeclaredRefusals(ProblemCode.Unauthorized, ProblemCode.NotFound));
        RefusedBinding.Guard(builder);
    }

    /// <summary>Nothing of the secret.</summary>
    public override string ToString() => "BearerToken";
}

/// <summary>Metadata: the endpoint takes a bearer token.</summary>
public sealed class NeedsBearer
{
    /// <summary>The one instance.</summary>
    public static readonly NeedsBearer Instance = new();

    private NeedsBearer() { }
}
