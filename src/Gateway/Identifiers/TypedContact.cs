using AiCloud.Problems;

namespace AiCloud.Identifiers;

/// <summary>A contact as requests name it: a method, and exactly the member that it names.</summary>
internal static class TypedContact
{
    public static (Identifier? Contact, Problem? Fault) Read(string method, string? phone, string? email, RegionsOptions regions)
    {
        var byPhone = method == "phone";
        var (text, other) = byPhone ? (phone, email) : (email, phone);
        var pointer = byPhone ? "/phone" : "/email";
        if (string.IsNullOrEmpty(text)) return (null, Problem.Of(ProblemCode.Invalid, [new FieldError(pointer, FieldFault.Required)]));
        if (other is not null) return (null, Problem.Of(ProblemCode.Invalid, [new FieldError(byPhone ? "/email" : "/phone", FieldFault.Refused)]));
        var parsed = byPhone ? IdentifierParsing.Phone(text, regions) : IdentifierParsing.Email(text);
        return parsed.Match<(Identifier?, Problem?)>(identifier => (identifier, null), fault => (null, Problem.At(pointer, fault.Problem())));
    }
}
