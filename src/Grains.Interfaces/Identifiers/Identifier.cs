using PhoneNumbers;

namespace AiCloud.Identifiers;

/// <summary>
/// A normalised contact: one person's phone or e-mail has one value here however it was typed (H-07, H-08).
/// Personal data: <see cref="ToString"/> tells the kind only; grain keys are made by the identifier digest, never from this text.
/// </summary>
[GenerateSerializer, Immutable, Alias("aicloud.identifier")]
public sealed record Identifier
{
    /// <summary>Takes an address that <see cref="IdentifierParsing"/> has normalised, now or before it was stored.</summary>
    public Identifier(IdentifierKind kind, string address)
    {
        Kind = kind;
        Address = address;
    }

    /// <summary>Phone or e-mail.</summary>
    [Id(0)] public IdentifierKind Kind { get; init; }

    /// <summary>Where messages go: E.164 with "+", or the e-mail with its local part as typed and its domain as lower-case A-labels.</summary>
    [Id(1)] public string Address { get; init; }

    /// <summary>
    /// What decides whether two contacts are the same: E.164, or the e-mail with the ASCII letters of its local part in lower case.
    /// That is the one compare rule for e-mail: no dots are dropped, no "+tag" is cut, nothing provider-specific.
    /// </summary>
    public string Compared => Kind == IdentifierKind.Email ? EmailParsing.Compared(Address) : Address;

    /// <summary>A form that may be shown to whoever started: "+86 138****8000", "a***@example.com".</summary>
    public string Masked => Kind == IdentifierKind.Email ? MaskedEmail() : MaskedPhone();

    /// <summary>The kind only: the address must not reach a log, an exception text or a metric.</summary>
    public override string ToString() => $"Identifier({Kind})";

    private string MaskedEmail()
    {
        var at = Address.LastIndexOf('@');
        var first = char.IsHighSurrogate(Address[0]) ? 2 : 1;
        return $"{Address[..Math.Min(first, at)]}***{Address[at..]}";
    }

    private string MaskedPhone()
    {
        var number = PhoneNumberUtil.GetInstance().Parse(Address, null);
        var country = $"+{number.CountryCode}";
        var national = Address[country.Length..];
        // Short national numbers show less, so that at least three digits always stay hidden.
        var (head, tail) = national.Length switch { >= 10 => (3, 4), >= 8 => (2, 2), >= 6 => (1, 2), _ => (0, 2) };
        return $"{country} {national[..head]}****{national[^tail..]}";
    }
}
