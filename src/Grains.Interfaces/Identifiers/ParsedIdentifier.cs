namespace AiCloud.Identifiers;

/// <summary>Why a text is no identifier. The snake_case form of a name is the error code of API.md.</summary>
public enum IdentifierFault
{
    /// <summary>Not a number that a text message can reach: malformed, unassigned, fixed line, premium, with an extension.</summary>
    PhoneInvalid = 1,
    /// <summary>A sound number of a country or region that this installation does not serve.</summary>
    CountryNotServed = 2,
    /// <summary>Not an e-mail address that this service accepts (H-08).</summary>
    EmailInvalid = 3,
}

/// <summary>The outcome of reading a contact: an <see cref="Identifier"/> or the one <see cref="IdentifierFault"/>.</summary>
public sealed record ParsedIdentifier
{
    private ParsedIdentifier() { }

    /// <summary>The identifier; null exactly when <see cref="Fault"/> is set.</summary>
    public Identifier? Value { get; private init; }

    /// <summary>What is wrong; null exactly when <see cref="Value"/> is set.</summary>
    public IdentifierFault? Fault { get; private init; }

    /// <summary>Accepts.</summary>
    public static implicit operator ParsedIdentifier(Identifier value) => new() { Value = value };

    /// <summary>Refuses.</summary>
    public static implicit operator ParsedIdentifier(IdentifierFault fault) => new() { Fault = fault };

    /// <summary>Chooses by what was found.</summary>
    public TOut Match<TOut>(Func<Identifier, TOut> parsed, Func<IdentifierFault, TOut> refused) =>
        Value is null ? refused(Fault!.Value) : parsed(Value);
}
