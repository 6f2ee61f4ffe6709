namespace AiCloud.Isolation;

/// <summary>
/// Since when a silo has been without the database while others have it. A database that is gone for all is nobody's fault, and nobody may end for it;
/// a silo that alone has lost it fails every call to the actors that live there, and nobody else takes them up as long as it lives. Pure.
/// </summary>
/// <param name="Since">Timestamp of the first of the looks that agree; null while there is nothing to tell.</param>
internal readonly record struct Separation(TimeSpan? Since)
{
    /// <summary>After another look, taken at <paramref name="now"/> on a clock that only goes forward.</summary>
    public Separation After(bool here, bool elsewhere, TimeSpan now) => here || !elsewhere ? default : Since is null ? new(now) : this;

    /// <summary>Whether it has lasted so long that this silo must go.</summary>
    public bool HasLasted(TimeSpan limit, TimeSpan now) => now - Since >= limit;
}
