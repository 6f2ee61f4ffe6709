using AiCloud.Problems;
using AiCloud.Requests;

namespace AiCloud.Staff;

/// <summary>A large body of a member of staff with a role; the token is checked before the body is read.</summary>
/// <param name="maxBytes">Bytes that the body may have.</param>
/// <param name="role">Role that the call needs.</param>
/// <param name="action">For the audit of a refusal.</param>
internal sealed class StaffBodyAttribute(int maxBytes, string role, string action) : BodyAllowanceAttribute(maxBytes)
{
    public override async ValueTask<Problem?> Admit(HttpContext context)
    {
        if (BearerToken.Of(context) is not { } bearer) return Problem.Of(ProblemCode.Unauthorized);
        var desk = context.RequestServices.GetRequiredService<StaffDesk>();
        return (await desk.Authorize(bearer, role, action, "", context.RequestAborted)).Problem;
    }
}
