namespace AiCloud.Services;

/// <summary>What a type of service can need of an account (C2.1e).</summary>
public enum NeededFact
{
    /// <summary>A proven phone number.</summary>
    Phone = 1,
    /// <summary>A proven e-mail address.</summary>
    Email = 2,
    /// <summary>A proven phone number or e-mail address.</summary>
    Contact = 3,
    /// <summary>A phone number or an identity document, either of them proven: what the law asks of whoever publishes or sends messages (L-10).</summary>
    Identified = 4,
    /// <summary>A checked real name.</summary>
    RealName = 5,
    /// <summary>18 years or more, by the Shanghai calendar day (C2.1b).</summary>
    Adult = 6,
    /// <summary>18 years or more, or a standing guardian of at least <see cref="ServiceNeed.Assurance"/> (C2.1b).</summary>
    AdultOrGuardian = 7,
    /// <summary>That <see cref="ServiceNeed.Function"/> is not taken away.</summary>
    Unrestricted = 8,
}

/// <summary>How well it is known who a guardian is. A higher one includes the lower.</summary>
public enum GuardianAssurance
{
    /// <summary>A contact of their own was proven.</summary>
    Contact = 1,
    /// <summary>They passed an identity check as an adult, too.</summary>
    Id = 2,
}

/// <summary>One thing that a type of service needs of an account.</summary>
[GenerateSerializer, Immutable, Alias("aicloud.service-need")]
public sealed record ServiceNeed
{
    /// <summary>What.</summary>
    [Id(0)] public required NeededFact Fact { get; init; }
    /// <summary>For <see cref="NeededFact.AdultOrGuardian"/>: the least that a guardian must have.</summary>
    [Id(1)] public GuardianAssurance? Assurance { get; init; }
    /// <summary>For <see cref="NeededFact.Unrestricted"/>: the function.</summary>
    [Id(2)] public string? Function { get; init; }

    /// <summary>The word for it on the wire, in snake_case; for a function with its name after a dot.</summary>
    public string Word => Fact switch
    {
        NeededFact.Phone => "phone",
        NeededFact.Email => "email",
        NeededFact.Contact => "contact",
        NeededFact.Identified => "identified",
        NeededFact.RealName => "real_name",
        NeededFact.Adult => "adult",
        NeededFact.AdultOrGuardian => "adult_or_guardian",
        NeededFact.Unrestricted => $"unrestricted.{Function}",
    };
}
