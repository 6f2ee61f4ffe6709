using Microsoft.AspNetCore.Http;

namespace AiCloud.Requests;

public sealed class RateLimitHeadersTests
{
    private static readonly VisibleLimit Code = new("code", 5, TimeSpan.FromHours(1), 4, TimeSpan.FromSeconds(1199.2));
    private static readonly VisibleLimit Day = new("day \"x\\", 10, TimeSpan.FromDays(1), 0, TimeSpan.FromSeconds(90));

    [Fact]
    public void Limits_are_structured_field_lists()
    {
        var response = new DefaultHttpContext().Response;
        RateLimitHeaders.Write(response, Code, Day);
        Assert.Equal("\"code\";q=5;w=3600, \"day \\\"x\\\\\";q=10;w=86400", response.Headers["RateLimit-Policy"]);
        Assert.Equal("\"code\";r=4;t=1200, \"day \\\"x\\\\\";r=0;t=90", response.Headers["RateLimit"]);
    }

    [Fact]
    public void Without_limits_there_are_no_headers()
    {
        var response = new DefaultHttpContext().Response;
        RateLimitHeaders.Write(response);
        Assert.Empty(response.Headers);
    }

    [Fact]
    public void Retry_after_waits_for_the_last_spent_limit_only()
    {
        Assert.Equal(Day.Reset, RateLimitHeaders.RetryAfter(Code, Day));
        Assert.Null(RateLimitHeaders.RetryAfter(Code));
        Assert.Equal(TimeSpan.FromHours(2), RateLimitHeaders.RetryAfter(Day, Day with { Reset = TimeSpan.FromHours(2) }));
    }

    [Fact]
    public void Numbers_are_never_negative_and_names_never_break_out()
    {
        var response = new DefaultHttpContext().Response;
        RateLimitHeaders.Write(response, new VisibleLimit("p", 1, TimeSpan.Zero, -3, TimeSpan.FromSeconds(-3)));
        Assert.Equal("\"p\";q=1;w=1", response.Headers["RateLimit-Policy"]);
        Assert.Equal("\"p\";r=0;t=0", response.Headers["RateLimit"]);
        Assert.Throws<ArgumentException>(() => RateLimitHeaders.Write(response, Code with { Policy = "a\r\nSet-Cookie: b" }));
    }
}
