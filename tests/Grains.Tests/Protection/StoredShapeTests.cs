using System.Text.Json;
using AiCloud.Identifiers;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace AiCloud.Protection;

public sealed class StoredShapeTests
{
    [Theory]
    [InlineData(IdentifierKind.Phone, "+8613800138000")]
    [InlineData(IdentifierKind.Email, "Ann@example.com")]
    public void An_identifier_survives_the_wire_and_json(IdentifierKind kind, string address)
    {
        var identifier = new Identifier(kind, address);
        Assert.Equal(identifier, Wire(identifier));
        Assert.Equal(identifier, JsonSerializer.Deserialize<Identifier>(JsonSerializer.Serialize(identifier)));
    }

    [Fact]
    public void A_wrapped_key_survives_the_wire()
    {
        var wrapped = new WrappedKey { KekId = "e1", Bytes = [1, 2, 3] };
        var again = Wire(wrapped);
        Assert.Equal(("e1", "AQID"), (again.KekId, Convert.ToBase64String(again.Bytes)));
    }

    private static T Wire<T>(T value) where T : class
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        return serializer.Deserialize<T>(serializer.SerializeToArray(value))!;
    }
}
