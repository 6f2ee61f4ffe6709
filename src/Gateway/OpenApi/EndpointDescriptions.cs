using System.Diagnostics.CodeAnalysis;
using AiCloud.Problems;

namespace AiCloud.OpenApi;

/// <summary>What an endpoint's author says about it, once, for the document and for tests.</summary>
public static class EndpointDescriptions
{
    /// <summary>Names and explains the endpoint.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="operationId">Stable, camelCase, unique: client generators make method names of it.</param>
    /// <param name="summary">A few words.</param>
    /// <param name="description">What it does, what it needs, what repeating it does.</param>
    public static TBuilder Describes<TBuilder>(this TBuilder endpoint, string operationId, string summary, string description) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithName(operationId).Describes(summary, description);

    /// <summary>Explains an endpoint that is named elsewhere.</summary>
    public static TBuilder Describes<TBuilder>(this TBuilder endpoint, string summary, string description) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithSummary(summary).WithDescription(description);

    /// <summary>Shows what a request looks like; the document's readers copy it.</summary>
    public static TBuilder Example<TBuilder>(this TBuilder endpoint, [StringSyntax(StringSyntaxAttribute.Json)] string request) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new RequestExample(request));

    /// <summary>
    /// Declares the refusals that the handler itself answers with. Those of <c>Body</c>, <c>BearerToken</c> and <c>OperationId</c> and those that any endpoint may
    /// answer are added by themselves.
    /// </summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder endpoint, params ProblemCode[] codes) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new DeclaredRefusals(codes));

    /// <summary>Declares refusals of the actor behind it.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder endpoint, params RefusalCode[] codes) where TBuilder : IEndpointConventionBuilder =>
        endpoint.Refuses([.. codes.Select(code => code.Problem())]);

    /// <summary>Declares a successful answer with a body and what it means.</summary>
    public static TBuilder Answers<TBuilder>(this TBuilder endpoint, int status, Type body, string description, string contentType = "application/json") where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, body, [contentType]) { Description = description });

    /// <summary>Declares that the 200 is also to be had as text of these types, of so many characters at most.</summary>
    public static TBuilder OrAsText<TBuilder>(this TBuilder endpoint, int maxLength, params string[] contentTypes) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AlsoText(maxLength, contentTypes));

    /// <summary>Declares a successful answer without a body.</summary>
    public static TBuilder Answers<TBuilder>(this TBuilder endpoint, int status, string description) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(void), []) { Description = description });
}

/// <summary>Metadata: further forms of the 200.</summary>
/// <param name="MaxLength">Characters at most.</param>
/// <param name="ContentTypes">Media types.</param>
public sealed record AlsoText(int MaxLength, string[] ContentTypes);

/// <summary>Metadata: a request as it may be sent.</summary>
/// <param name="Json">The body.</param>
public sealed record RequestExample(string Json);
