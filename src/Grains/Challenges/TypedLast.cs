namespace AiCloud.Challenges;

/// <summary>
/// The code that was answered last, in an activation's memory only: no trace of one is kept (decision 8), but under one Idempotency-Key another code is another
/// body, and whoever sends it shall hear so instead of the former code's outcome. It is not judged either way, so nothing is told about it.
/// </summary>
internal sealed class TypedLast
{
    private (string Operation, string Code)? _last;

    /// <summary>Whether this very operation came with another code before.</summary>
    public bool IsAnother(string operation, string code) => _last is { } last && last.Operation == operation && last.Code != code;

    /// <summary>Remembers what was answered.</summary>
    public void Was(string operation, string code) => _last = (operation, code);

    /// <summary>Nothing of a code.</summary>
    public override string ToString() => nameof(TypedLast);
}
