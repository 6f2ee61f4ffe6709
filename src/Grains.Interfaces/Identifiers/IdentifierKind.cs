namespace AiCloud.Identifiers;

/// <summary>What a person can be reached by and signs in with (C2.2a). Numbers are stored: never renumbered.</summary>
public enum IdentifierKind
{
    /// <summary>A mobile number in E.164.</summary>
    Phone = 1,
    /// <summary>An e-mail address.</summary>
    Email = 2,
}
