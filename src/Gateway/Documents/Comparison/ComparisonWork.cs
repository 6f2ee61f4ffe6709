namespace AiCloud.Documents.Comparison;

/// <summary>
/// What a comparison may cost, counted in steps of its loops: two texts of a megabyte, chosen by whoever, must not hold up the gateway.
/// Once it is spent the rest is shown as taken out and put in whole.
/// </summary>
internal sealed class ComparisonWork(long limit = ComparisonWork.Usual)
{
    /// <summary>Some tens of milliseconds, and far more than an amendment of a contract needs.</summary>
    public const long Usual = 4_000_000;

    private readonly ComparisonWork? whole;

    private ComparisonWork(ComparisonWork whole, long limit) : this(Math.Min(limit, whole.Left)) => this.whole = whole;

    /// <summary>Steps taken.</summary>
    public long Spent { get; private set; }

    /// <summary>Steps left.</summary>
    public long Left => limit - Spent;

    /// <summary>Whether steps were refused, here or in a portion.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>A part of what is left, so that one paragraph does not spend what the others need.</summary>
    public ComparisonWork Portion(long limit) => new(this, limit);

    /// <summary>Takes steps, or refuses them whole.</summary>
    public bool Spend(long steps)
    {
        if (steps > Left)
        {
            IsExhausted = true;
            if (whole is not null) whole.IsExhausted = true;
            return false;
        }
        Spent += steps;
        if (whole is not null) whole.Spent += steps;
        return true;
    }
}
