using System.ComponentModel.DataAnnotations;
using PhoneNumbers;

namespace AiCloud.Identifiers;

/// <summary>Whose phone numbers are served. Section <c>AiCloud:Regions</c>.</summary>
public sealed class RegionsOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AiCloud:Regions";

    /// <summary>
    /// ISO 3166-1 region assumed for numbers typed without a country code. A wrong one turns people's own numbers into
    /// strangers' or into <c>phone_invalid</c>.
    /// </summary>
    [Required, RegularExpression("^[A-Z]{2}$")] public string Default { get; set; } = "CN";

    /// <summary>
    /// ISO 3166-1 regions served; empty for every region with known metadata. Numbers of others are refused with
    /// <c>country_not_served</c>. Too wide invites pumping of expensive destinations; too narrow shuts people out.
    /// </summary>
    public IList<string> Served { get; } = [];

    /// <summary>Whether numbers of <paramref name="region"/> are taken.</summary>
    public bool Serves(string region) => Served.Count == 0 || Served.Contains(region);

    /// <summary>Refuses regions that the metadata does not know and a default that is not served.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var known = PhoneNumberUtil.GetInstance().GetSupportedRegions();
        foreach (var region in Served.Append(Default).Where(region => !known.Contains(region)).Distinct())
            yield return new ValidationResult($"{Section}: \"{region}\" is not a region with phone numbers.");
        if (!Serves(Default))
            yield return new ValidationResult($"{Section}: the default region {Default} is not among those served.");
    }
}
