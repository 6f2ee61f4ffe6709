using System.Text.Json;
using AiCloud.Probe;
using AiCloud.Problems;
using Microsoft.Extensions.Primitives;

namespace AiCloud.Requests;

public sealed class IdempotencyKeyTests(SharedProbe probe) : IClassFixture<SharedProbe>
{
    private const string Thing = """{"code":"123456","colour":"dark_red","fresh":true}""";

    [Theory]
    [InlineData("0192f0c1-7e2b-7c3d-8a4e-5f6071829304", true)]
    [InlineData("\"0192f0c1-7e2b-7c3d-8a4e-5f6071829304\"", true)]
    [InlineData("abcdefghijklmnopqrstuv", true)]      // 22 characters
    [InlineData("abcdefghijklmnopqrstu", false)]      // 21
    [InlineData("abcdefghijklmnopqrstu+", false)]     // base64, not base64url
    [InlineData("0192f0c1-7e2b-7c3d-8a4e-5f607182930", false, true)]
    [InlineData("{0192f0c1-7e2b-7c3d-8a4e-5f6071829304}", false)]
    [InlineData("1", false)]
    [InlineData("", false)]
    public void Without_a_session_a_key_must_be_unguessable(string header, bool taken, bool longEnough = false)
    {
        var (key, problem) = IdempotencyKey.Parse(header, strong: true);
        // A UUID short of one digit still has the length and alphabet of 128 bits.
        Assert.Equal(taken || longEnough, key is not null);
        Assert.Equal(taken || longEnough ? null : ProblemCode.IdempotencyKeyWeak, problem);
    }

    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("\"abc\"", "abc")]
    [InlineData("\"a \\\"b\\\\ c\"", "a \"b\\ c")]
    [InlineData("\"abc", null)]
    [InlineData("abc\"", null)]
    [InlineData("\"a\"b\"", null)]
    [InlineData("\"a\\b\"", null)]
    [InlineData("\"a\\", null)]
    [InlineData("a b", null)]
    [InlineData("a;b=1", null)]
    [InlineData("a,b", null)]
    [InlineData("\"\"", null)]
    [InlineData("ключ", null)]
    public void With_a_session_any_visible_key_will_do_bare_or_quoted(string header, string? expected)
    {
        var (key, problem) = IdempotencyKey.Parse(header, strong: false);
        Assert.Equal(expected, key);
        Assert.Equal(expected is null ? ProblemCode.IdempotencyKeyInvalid : null, problem);
    }

    [Theory, InlineData(255, true), InlineData(256, false)]
    public void A_key_has_255_characters_and_not_one_more(int length, bool taken)
    {
        Assert.Equal(taken, IdempotencyKey.Parse(new string('k', length), strong: false).Key is not null);
        Assert.Equal(taken, IdempotencyKey.Parse(new string('k', length), strong: true).Key is not null);
        Assert.Equal(taken, IdempotencyKey.Parse($"\"{new string('k', length)}\"", strong: false).Key is not null);
    }

    [Fact]
    public void Two_keys_in_one_request_are_none() =>
        Assert.Equal(ProblemCode.IdempotencyKeyInvalid, IdempotencyKey.Parse(new StringValues(["a", "b"]), strong: false).Problem);

    [Fact]
    public async Task A_weak_key_is_refused_before_the_body_is_read() =>
        await (await probe.App.Post("/v1/things", "not json", ("Idempotency-Key", "1"))).Problem(400, "idempotency_key_weak");

    [Fact]
    public async Task The_operation_is_the_clients_key_or_minted_anew_for_each_request()
    {
        const string Key = "0192f0c1-7e2b-7c3d-8a4e-5f6071829304";
        Assert.Equal(Key, await Operation(("Idempotency-Key", Key)));
        Assert.Equal(Key, await Operation(("Idempotency-Key", $"\"{Key}\"")));
        var (first, second) = (await Operation(), await Operation());
        Assert.NotEqual(first, second);
        Assert.Equal(22, first!.Length);
    }

    private async Task<string?> Operation(params (string, string)[] headers)
    {
        var response = await probe.App.Post("/v1/things", Thing, headers);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("operation").GetString();
    }
}
