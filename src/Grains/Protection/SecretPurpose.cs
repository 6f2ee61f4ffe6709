namespace AiCloud.Protection;

/// <summary>
/// What a secrets root is used for; each purpose has a key of its own by HKDF, so that a value made for one is worth nothing for another.
/// The number goes into the derivation: never renumbered.
/// </summary>
internal enum SecretPurpose
{
    TokenMac = 1,
    TokenSecret = 2,
    CodeDigest = 3,
    Fingerprint = 4,
    DerivedId = 5,
    NetworkPrefix = 6,
    PasswordPepper = 7,
    Forms = 8,
    Evidence = 9,
    DocumentSeal = 10,
    StaffToken = 12,
}
