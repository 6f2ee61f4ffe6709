using System.Text.Json;
using AiCloud.Identifiers;
using AiCloud.Protection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AiCloud.Identity;

/// <summary>The signed endpoint, against a checker that was written from the document (docs/identity-check.md; L-11, W-03).</summary>
public sealed class SignedExchangeTests : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 4, 0, 0, TimeSpan.Zero));

    private StandInChecker checker = null!;

    public async ValueTask InitializeAsync() => checker = await StandInChecker.Start();

    public ValueTask DisposeAsync() => checker.DisposeAsync();

    [Fact]
    public async Task A_signed_question_gets_its_signed_answer_and_says_no_more_than_it_must()
    {
        var answer = await Ask();
        Assert.Equal((IdentityVerdict.Match, "v-1", null), (answer.Verdict, answer.Reference, answer.BirthDateMatches));
        Assert.Equal(0, checker.Forged);
        var body = JsonDocument.Parse(checker.Bodies.Single()).RootElement;
        Assert.Equal(["requestId", "method", "document", "name", "birthDate"], body.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("request-1", "certificate", "王小明", "1990-02-28"),
            (body.GetProperty("requestId").GetString(), body.GetProperty("method").GetString(), body.GetProperty("name").GetString(), body.GetProperty("birthDate").GetString()));
        Assert.Equal("request-1", checker.Requests.Single());
    }

    [Fact]
    public async Task A_network_ID_goes_as_a_token_and_comes_back_as_a_subject__L_11()
    {
        checker.Answer = id => $$"""{"requestId":"{{id}}","result":"match","subject":"s-1"}""";
        using var exchange = Exchange();
        var answer = await new HttpIdentityCheck(exchange, [IdentityMethod.NetworkId], Metrics, NullLogger<HttpIdentityCheck>.Instance)
            .Ask(new IdentityQuestion { Request = "request-2", Method = IdentityMethod.NetworkId, Credential = "token" }, default);
        Assert.Equal((IdentityVerdict.Match, "s-1"), (answer.Verdict, answer.Subject));
        Assert.Equal(["requestId", "method", "credential"], JsonDocument.Parse(checker.Bodies.Single()).RootElement.EnumerateObject().Select(member => member.Name));
    }

    [Theory]
    [InlineData("match", IdentityVerdict.Match)]
    [InlineData("mismatch", IdentityVerdict.Mismatch)]
    [InlineData("not_found", IdentityVerdict.NotFound)]
    [InlineData("pending", IdentityVerdict.Later)]
    [InlineData("Match", IdentityVerdict.Later)] // not a word of the protocol: nothing is guessed
    [InlineData("", IdentityVerdict.Later)]
    public async Task Only_the_protocols_words_are_verdicts(string result, IdentityVerdict verdict)
    {
        checker.Answer = id => $$"""{"requestId":"{{id}}","result":"{{result}}"}""";
        Assert.Equal(verdict, (await Ask()).Verdict);
    }

    [Fact]
    public async Task Not_yet_counts_as_an_answer_and_silence_and_an_unknown_word_do_not()
    {
        var counted = new List<string>();
        using var listener = new System.Diagnostics.Metrics.MeterListener
        {
            InstrumentPublished = (instrument, self) => { if (instrument.Name == "aicloud.identity.exchanges" && ReferenceEquals(instrument.Meter.Scope, Meters)) self.EnableMeasurementEvents(instrument); },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => { lock (counted) counted.Add($"{tags[0].Value} {tags[1].Value}"); });
        listener.Start();
        foreach (var word in new[] { "pending", "not_found", "perhaps" })
        {
            checker.Answer = id => $$"""{"requestId":"{{id}}","result":"{{word}}"}""";
            await Ask();
        }
        await Ask(endpoint: new Uri("http://127.0.0.1:9/"));
        Assert.Equal(["check answered", "check answered", "check none", "check none"], counted);
    }

    [Fact]
    public async Task A_question_signed_with_another_key_is_no_question_and_gets_no_verdict()
    {
        Assert.Equal(IdentityVerdict.Later, (await Ask(key: new byte[32].Select((_, i) => (byte)(i + 1)).ToArray())).Verdict);
        Assert.Equal((1, 0), (checker.Forged, checker.Bodies.Count));
    }

    [Fact]
    public async Task One_changed_byte_of_the_answer_makes_it_no_answer()
    {
        checker.Answer = id => $$"""{"requestId":"{{id}}","result":"mismatch","reference":"v-1"}""";
        checker.Interferes = async (context, answer) =>
        {
            await context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(answer).Replace("v-1", "v-2", StringComparison.Ordinal)));
            return true;
        };
        Assert.Equal(IdentityVerdict.Later, (await Ask()).Verdict);
    }

    [Fact]
    public async Task The_signature_is_over_the_bytes_as_they_came_spaces_and_order_included()
    {
        checker.Answer = id => $"{{ \"result\" : \"match\",\n\t\"requestId\":\"{id}\" , \"reference\":\"\\u0076-1\" }}";
        Assert.Equal((IdentityVerdict.Match, "v-1"), (await Ask() is var answer ? answer.Verdict : default, (await Ask()).Reference));
    }

    [Theory, InlineData(300, IdentityVerdict.Match), InlineData(-300, IdentityVerdict.Match), InlineData(301, IdentityVerdict.Later), InlineData(-301, IdentityVerdict.Later)]
    public async Task An_answer_of_another_time_is_a_replay(int ahead, IdentityVerdict verdict)
    {
        checker.Ahead = ahead;
        Assert.Equal(verdict, (await Ask()).Verdict);
    }

    [Fact]
    public async Task An_answer_signed_for_another_question_says_nothing_about_this_one()
    {
        checker.SignedFor = "0123456789012345678901";
        Assert.Equal(IdentityVerdict.Later, (await Ask()).Verdict);
        checker.SignedFor = null;
        checker.Answer = _ => """{"requestId":"somebody-elses","result":"match"}""";
        Assert.Equal(IdentityVerdict.Later, (await Ask()).Verdict);
    }

    [Fact]
    public async Task An_unsigned_answer_is_none()
    {
        checker.Interferes = (context, _) => Task.FromResult(!context.Response.Headers.Remove("AiCloud-Signature"));
        Assert.Equal(IdentityVerdict.Later, (await Ask()).Verdict);
    }

    [Fact]
    public async Task A_redirect_is_not_followed__W_03()
    {
        checker.Interferes = (context, _) =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.FromResult(true);
        };
        Assert.Equal(IdentityVerdict.Later, (await Ask()).Verdict);
        Assert.Equal(["/checks"], checker.Paths);
    }

    [Theory, InlineData(500), InlineData(400), InlineData(201), InlineData(429)]
    public async Task Whatever_is_not_200_is_no_verdict_and_a_wish_to_wait_is_heard(int status)
    {
        checker.Interferes = (context, _) =>
        {
            (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (status, "90");
            return Task.FromResult(true);
        };
        var answer = await Ask();
        Assert.Equal((IdentityVerdict.Later, TimeSpan.FromSeconds(90)), (answer.Verdict, answer.RetryAfter));
    }

    [Fact]
    public async Task Who_does_not_answer_in_time_has_not_answered()
    {
        checker.Interferes = async (context, _) =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };
        Assert.Equal(IdentityVerdict.Later, (await Ask(timeout: TimeSpan.FromSeconds(1))).Verdict);
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_off()
    {
        checker.Answer = id => $$"""{"requestId":"{{id}}","result":"match","reference":"{{new string('x', 70_000)}}"}""";
        Assert.Equal(IdentityVerdict.Later, (await Ask()).Verdict);
    }

    [Fact]
    public async Task Nobody_there_is_an_outage()
    {
        var endpoint = checker.Endpoint;
        await checker.DisposeAsync();
        Assert.Equal(IdentityVerdict.Later, (await Ask(endpoint: endpoint)).Verdict);
    }

    [Theory]
    [InlineData("changed", NumberStanding.Changed)]
    [InlineData("unchanged", NumberStanding.Unchanged)]
    [InlineData("unknown", NumberStanding.Unknown)]
    [InlineData("pending", NumberStanding.Later)]
    [InlineData("yes", NumberStanding.Later)]
    public async Task The_authority_on_numbers_answers_by_the_same_scheme(string result, NumberStanding standing)
    {
        checker.Answer = id => $$"""{"requestId":"{{id}}","result":"{{result}}"}""";
        using var exchange = Exchange();
        var question = new NumberQuestion { Request = "n-1", Number = new Identifier(IdentifierKind.Phone, "+8613800138000"), Since = new DateOnly(2026, 1, 1) };
        Assert.Equal(standing, await new HttpNumberCheck(exchange, Metrics, NullLogger<HttpNumberCheck>.Instance).Ask(question, default));
        Assert.Equal("""{"requestId":"n-1","phone":"\u002B8613800138000","since":"2026-01-01"}""", checker.Bodies.Single());
    }

    [Fact]
    public async Task A_name_on_the_wire_hides_itself_in_text()
    {
        await Ask();
        Assert.Equal(nameof(IdentityQuestion), Question.ToString());
        Assert.Equal("Certificate(ResidentIdCard)", Question.Certificate!.ToString());
    }

    private System.Diagnostics.Metrics.IMeterFactory Meters { get; } = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>();

    private ExchangeMetrics Metrics => field ??= new(Meters);

    private static IdentityQuestion Question => new()
    {
        Request = "request-1", Method = IdentityMethod.Certificate, Name = "王小明", BirthDate = new DateOnly(1990, 2, 28),
        Certificate = new Certificate(CertificateKind.ResidentIdCard, "110105199002280029"),
    };

    private async Task<IdentityAnswer> Ask(byte[]? key = null, TimeSpan? timeout = null, Uri? endpoint = null)
    {
        using var exchange = Exchange(key, timeout, endpoint);
        return await new HttpIdentityCheck(exchange, [IdentityMethod.Certificate], Metrics, NullLogger<HttpIdentityCheck>.Instance).Ask(Question, TestContext.Current.CancellationToken);
    }

    private SignedExchange Exchange(byte[]? key = null, TimeSpan? timeout = null, Uri? endpoint = null) => new(
        new SignedExchangeOptions { Endpoint = endpoint ?? checker.Endpoint, Timeout = timeout ?? TimeSpan.FromSeconds(10) },
        [.. key ?? StandInChecker.Key], new CryptographicRandomness(), clock);
}
