using System.Text;

namespace AiCloud.Storage;

public sealed class SerializerTests
{
    private static readonly HeaderedStateSerializer Serializer = new();

    [Fact]
    public void The_header_is_twenty_bytes_at_fixed_places()
    {
        var due = DateTimeOffset.FromUnixTimeMilliseconds(1_756_684_800_123);

        Assert.Equal("A100000000000000000\n", Header(new Note()));
        Assert.Equal("A100001756684800123\n", Header(new Note { DueAt = due }));
        Assert.Equal("A101001756684800123\n", Header(new Note { DueAt = due, Pending = ["x"] }));
    }

    [Fact]
    public void A_state_that_shows_nothing_to_SQL_has_a_header_too() => Assert.Equal("A100000000000000000\n", Header(new Plain(1)));

    [Fact]
    public void The_body_is_JSON_in_camel_case_without_nulls_and_with_numbers_for_enums() =>
        Assert.Equal("""{"text":"张三","pending":[],"mood":1}""", Text(new Note { Text = "张三" })[20..]);

    [Fact]
    public void Members_of_a_newer_release_are_passed_over() =>
        Assert.Equal("x", Serializer.Deserialize<Note>(Row("""{"text":"x","addedLater":{"a":[1]}}""")).Text);

    [Fact]
    public void Members_of_an_older_release_that_are_missing_keep_their_defaults()
    {
        var read = Serializer.Deserialize<Note>(Row("{}"));

        Assert.Equal(("", Mood.Calm, 0), (read.Text, read.Mood, read.Pending.Length));
    }

    [Theory, InlineData("B100000000000000000\n{}"), InlineData("{\"text\":\"secret\"}"), InlineData("A1"), InlineData(""), InlineData("A100000000000000000 {\"text\":\"secret\"}")]
    public void An_unknown_format_is_refused_by_the_type_and_without_the_content(string payload)
    {
        var refused = Assert.Throws<UnknownStateFormatException>(() => Serializer.Deserialize<Note>(BinaryData.FromString(payload)));

        Assert.Contains(nameof(Note), refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory, InlineData("{\"text\":secret}"), InlineData("{\"secret"), InlineData("{\"mood\":\"secret\"}"), InlineData("null")]
    public void A_broken_body_is_refused_without_the_content(string body) =>
        Assert.DoesNotContain("secret", Assert.Throws<UnknownStateFormatException>(() => Serializer.Deserialize<Note>(Row(body))).ToString(), StringComparison.Ordinal);

    [Theory, InlineData(0, false), InlineData(1, true)]
    public void A_due_instant_lies_after_1970(long milliseconds, bool possible)
    {
        var note = new Note { DueAt = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) };

        if (possible) Assert.Equal(note.DueAt, Serializer.Deserialize<Note>(Serializer.Serialize(note)).DueAt);
        else Assert.Throws<ArgumentOutOfRangeException>(() => Serializer.Serialize(note));
    }

    [Fact]
    public void The_last_instant_of_all_has_room() =>
        Assert.Equal("A100253402300799999\n", Header(new Note { DueAt = DateTimeOffset.MaxValue }));

    private static string Text<T>(T state) => Encoding.UTF8.GetString(Serializer.Serialize(state));

    private static string Header<T>(T state) => Text(state)[..20];

    private static BinaryData Row(string body) => BinaryData.FromString("A100000000000000000\n" + body);

    private sealed record Plain(int Number);
}
