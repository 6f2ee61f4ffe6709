using System.Net;
using AiCloud.Probe;

namespace AiCloud.Requests;

public sealed class BearerTokenTests(SharedProbe probe) : IClassFixture<SharedProbe>
{
    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer ==")]
    [InlineData("Bearer a b")]
    [InlineData("Bearer a,b")]
    [InlineData("Bearer a=b")]
    [InlineData("Bearer \u0016")]
    [InlineData("Basic cmlnaHQ=")]
    [InlineData("right")]
    public async Task Without_a_well_formed_token_the_answer_is_401_with_a_challenge(string? header) =>
        await (await probe.App.Get("/v1/things/7", header is null ? [] : [("Authorization", header)])).Problem(401, "unauthorized");

    [Theory, InlineData("Bearer wrong"), InlineData("Bearer rightt")]
    public async Task A_wrong_token_is_answered_as_if_the_thing_did_not_exist(string header) =>
        await (await probe.App.Get("/v1/things/7", ("Authorization", header))).Problem(404, "not_found");

    [Theory, InlineData("Bearer right"), InlineData("bearer right")]
    public async Task The_right_token_opens(string header) =>
        Assert.Equal(HttpStatusCode.OK, (await probe.App.Get("/v1/things/7", ("Authorization", header))).StatusCode);

    [Theory, InlineData(BearerToken.MaxLength, 404), InlineData(BearerToken.MaxLength + 1, 401)]
    public async Task An_overlong_token_is_malformed(int length, int status) =>
        await (await probe.App.Get("/v1/things/7", ("Authorization", $"Bearer {new string('t', length)}"))).Problem(status, status == 404 ? "not_found" : "unauthorized");

    [Fact]
    public async Task A_stranger_does_not_make_us_read_a_body() =>
        await (await probe.App.Post("/v1/things/7/parts", "not json")).Problem(401, "unauthorized");

    [Fact]
    public async Task A_token_in_a_cookie_or_the_address_is_none()
    {
        await (await probe.App.Get("/v1/things/7?access_token=right", ("Cookie", "token=right; access_token=right"))).Problem(401, "unauthorized");
    }
}
