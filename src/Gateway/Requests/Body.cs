using System.Reflection;
using AiCloud.OpenApi;
using AiCloud.Problems;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace AiCloud.Requests;

/// <summary>
/// An endpoint's JSON body: <c>Start(Body&lt;StartRequest&gt; body)</c> is all an author writes. A body that breaks the rules never reaches the
/// handler, and the OpenAPI document learns the schema and the refusals from the parameter.
/// </summary>
public sealed class Body<T> : IBindableFromHttpContext<Body<T>>, IEndpointParameterMetadataProvider where T : class
{
    private readonly T? value;

    private Body(T? value) => this.value = value;

    /// <summary>What the client sent.</summary>
    public T Value => value ?? throw new InvalidOperationException("The body was refused; the handler must not run.");

    static async ValueTask<Body<T>?> IBindableFromHttpContext<Body<T>>.BindAsync(HttpContext context, ParameterInfo parameter)
    {
        RequestBody.LetTooMuchDrain(context);
        if (RefusedBinding.Of(context) is not null) return new(null);
        var allowance = parameter.GetCustomAttribute<BodyAllowanceAttribute>();
        if (allowance is not null && await allowance.Admit(context) is { } refused)
        {
            RefusedBinding.Refuse(context, refused);
            return new(null);
        }
        var (value, problem) = await RequestBody.Read<T>(context, allowance?.MaxBytes ?? RequestBody.MaxBytes);
        if (problem is not null) RefusedBinding.Refuse(context, problem);
        return new(value);
    }

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        var patches = builder.Metadata.OfType<IHttpMethodMetadata>().Any(methods => methods.HttpMethods.Contains(HttpMethods.Patch));
        builder.Metadata.Add(new JsonBody(typeof(T), patches ? [RequestBody.MediaType, RequestBody.MergePatchMediaType] : [RequestBody.MediaType]));
        builder.Metadata.Add(new DeclaredRefusals(ProblemCode.MalformedJson, ProblemCode.UnknownMember, ProblemCode.Invalid, ProblemCode.PayloadTooLarge, ProblemCode.UnsupportedMediaType, ProblemCode.RequestTimeout));
        RefusedBinding.Guard(builder);
    }

    /// <summary>Nothing of the content: bodies hold contacts, codes and passwords.</summary>
    public override string ToString() => $"Body<{typeof(T).Name}>";

    private sealed record JsonBody(Type RequestType, IReadOnlyList<string> ContentTypes) : IAcceptsMetadata
    {
        public bool IsOptional => false;

        Type? IAcceptsMetadata.RequestType => RequestType;
    }
}
