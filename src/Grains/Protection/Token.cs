namespace AiCloud.Protection;

/// <summary>A token whose mac was right: what it names, and the digest to compare with the one stored there.</summary>
public sealed record Token
{
    /// <summary>What kind of thing it opens: <see cref="Tokens.Registration"/>, <see cref="Tokens.Session"/>.</summary>
    public required string Prefix { get; init; }

    /// <summary>The thing's id.</summary>
    public required string Id { get; init; }

    /// <summary>SHA-256 of the secret part.</summary>
    public required byte[] SecretDigest { get; init; }

    /// <summary>The prefix only.</summary>
    public override string ToString() => $"Token({Prefix})";
}

/// <summary>A token as handed to the person, and what is stored of it.</summary>
public sealed record IssuedToken
{
    /// <summary>The whole token: shown once, never stored, never logged.</summary>
    public required string Text { get; init; }

    /// <summary>SHA-256 of the secret part: all that is stored.</summary>
    public required byte[] SecretDigest { get; init; }

    /// <summary>Nothing of the token.</summary>
    public override string ToString() => nameof(IssuedToken);
}
