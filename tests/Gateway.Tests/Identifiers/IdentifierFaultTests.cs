using AiCloud.Problems;

namespace AiCloud.Identifiers;

public sealed class IdentifierFaultTests
{
    [Fact]
    public void Each_fault_has_its_code() => Assert.Equal(
        ["phone_invalid", "country_not_served", "email_invalid"],
        Enum.GetValues<IdentifierFault>().Select(fault => fault.Problem().Name()));
}
