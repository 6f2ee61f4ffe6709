using System.Text;
using AiCloud.Identifiers;
using AiCloud.Problems;
using Microsoft.Extensions.Options;

namespace AiCloud.Passwords;

public sealed class PasswordRulesTests
{
    private static readonly CommonPasswords Common = new();
    private static readonly Identifier[] Own = [new(IdentifierKind.Phone, "+8613800138000"), new(IdentifierKind.Email, "Ann.Lee+shop@example.com")];

    [Theory]
    [InlineData(7, PasswordFault.TooShort)]
    [InlineData(8, null)]
    [InlineData(256, null)]
    [InlineData(257, PasswordFault.TooLong)]
    public void By_default_8_to_256_code_points_are_taken(int length, object? fault) => Assert.Equal(fault, Check(Varied(length)));

    [Theory]
    [InlineData(14, PasswordFault.TooShort)]
    [InlineData(15, null)]
    public void The_floor_can_be_raised_to_15(int length, object? fault) =>
        Assert.Equal(fault, Check(Varied(length), new PasswordOptions { MinimumLength = 15 }));

    [Theory]
    [InlineData(128, null)]
    [InlineData(129, PasswordFault.TooLong)]
    public void The_ceiling_can_be_lowered_to_128(int length, object? fault) =>
        Assert.Equal(fault, Check(Varied(length), new PasswordOptions { MaximumLength = 128 }));

    [Fact]
    public void Code_points_count_not_their_utf16_units_or_octets()
    {
        Assert.Equal(PasswordFault.TooShort, Check(string.Concat(Enumerable.Repeat("😀", 7))));
        Assert.Null(Check(string.Concat(Enumerable.Repeat("😀", 8))));
        Assert.Null(Check(string.Concat(Enumerable.Repeat("😀", 256))));
        Assert.Equal(PasswordFault.TooLong, Check(string.Concat(Enumerable.Repeat("😀", 257))));
    }

    [Fact]
    public void Letters_are_counted_after_normalising()
    {
        var decomposed = string.Concat(Enumerable.Repeat("e\u0301", 7));
        Assert.Equal(14, decomposed.Length);
        Assert.Equal(PasswordFault.TooShort, Check(decomposed));
        Assert.Equal(PasswordFault.TooShort, Check("ﬀﬀ7gh")); // two ligatures become four letters: 7
        Assert.Null(Check("ﬀﬀ7ghj"));
    }

    [Theory]
    [InlineData("plain spaces between words")]
    [InlineData("        ")]
    [InlineData("лошадь-батарея")]
    [InlineData("正确的马电池订书钉")]
    [InlineData("zzzzzzzzzzzzzzzzzz1")]
    public void There_are_no_rules_of_composition(string password) => Assert.Null(Check(password));

    [Theory]
    [InlineData("correct\0horse")]
    [InlineData("correct\nhorse")]
    [InlineData("correct\u0085horse")]
    public void Control_characters_are_refused(string password) => Assert.Equal(PasswordFault.Invalid, Check(password));

    [Fact] // not as attribute arguments: those are UTF-8, where a lone surrogate becomes U+FFFD
    public void Lone_surrogates_are_refused()
    {
        Assert.Equal(PasswordFault.Invalid, Check("correct\ud800horse"));
        Assert.Equal(PasswordFault.Invalid, Check("correct\udc00horse"));
        Assert.Equal(PasswordFault.Invalid, Check("\udc00\ud800 correct horse"));
        Assert.Equal(PasswordFault.Invalid, Check("correcthorse\ud83d"));
        Assert.Null(Check("correcthorse\ud83d\ude00"));
    }

    [Fact]
    public void A_text_too_long_to_be_typed_is_not_even_normalised()
    {
        Assert.NotNull(Password.Read(new string('a', Password.LongestText)));
        Assert.Null(Password.Read(new string('a', Password.LongestText + 1)));
    }

    [Theory]
    [InlineData("password")]
    [InlineData("PassWord")]
    [InlineData("ｐａｓｓｗｏｒｄ")]
    [InlineData("12345678")]
    [InlineData("1qaz2wsx")]
    [InlineData("qwertyuiop")]
    [InlineData("P@ssw0rd")]
    [InlineData("woaini1314")]
    [InlineData("wang123456")]
    [InlineData("a1234567890")]
    [InlineData("88888888")]
    public void The_commonest_are_refused_in_any_case_and_width(string password) => Assert.Equal(PasswordFault.Compromised, Check(password));

    [Theory]
    [InlineData("x13800138000")]
    [InlineData("138-0013-8000 x")]
    [InlineData("+8613800138000")]
    [InlineData("１３８００１３８０００")]
    [InlineData("my00138000pin")] // the eight digits it is known by
    [InlineData("annlee-forever")]
    [InlineData("ANN.LEE forever")]
    [InlineData("I shop a lot")]
    [InlineData("Zhuoma the great")]
    [InlineData("我是王小明谁")]
    [InlineData("hello CAIH hello")]
    [InlineData("my AI-Cloud pass")]
    [InlineData("my ai cloud pass")]
    [InlineData("白云下面有人家吗")]
    [InlineData("we love Nanning9")]
    public void The_persons_own_identifiers_and_the_products_names_are_refused(string password)
    {
        var options = new PasswordOptions { OwnWords = { "Nan-Ning" } };
        var padded = password + "..";
        Assert.Equal(PasswordFault.ContainsIdentifier, Check(padded, options, "Zhuoma 王小明"));
    }

    [Theory]
    [InlineData("lee and ann")] // three letters occur by chance
    [InlineData("x0138000x 99")] // seven digits of the number
    [InlineData("example.com.example")] // the domain is nobody's own
    public void Short_pieces_may_occur(string password) => Assert.Null(Check(password, displayName: "Ann"));

    [Theory]
    [InlineData("bob", null)]
    [InlineData("bobb", PasswordFault.ContainsIdentifier)]
    [InlineData("王", null)]
    [InlineData("王明", PasswordFault.ContainsIdentifier)]
    [InlineData("...", null)]
    [InlineData("", null)]
    public void A_piece_counts_from_four_letters_or_two_characters(string name, object? fault) =>
        Assert.Equal(fault, Check($"xx {name} plus 7531", displayName: name));

    [Fact]
    public void Each_refusal_has_its_code() => Assert.Equal(
        ["invalid", "password_too_short", "password_too_long", "password_compromised", "password_contains_identifier"],
        Enum.GetValues<PasswordFault>().Select(fault => fault.Problem().Name()));

    [Fact]
    public void The_list_holds_at_least_100000_in_less_than_a_megabyte_in_order()
    {
        Assert.InRange(Common.Count, 100_000, 1_000_000 / CommonPasswords.PrefixBytes);
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("AiCloud.Passwords.common.bin")!;
        var (last, next) = (new byte[CommonPasswords.PrefixBytes], new byte[CommonPasswords.PrefixBytes]);
        for (var i = 0; i < Common.Count; i++)
        {
            stream.ReadExactly(next);
            Assert.True(last.AsSpan().SequenceCompareTo(next) < 0);
            Assert.True(Common.Contains(next));
            (last, next) = (next, last);
        }
        Assert.Equal(stream.Length, stream.Position);
    }

    [Fact]
    [Trait("Takes", "long")]
    public void Fewer_than_one_uncommon_password_in_100000_is_taken_for_a_common_one()
    {
        const int tried = 1_000_000;
        var taken = Enumerable.Range(0, tried).Count(i => Common.Contains(Password.Read($"uncommon probe {i}")!));
        Assert.True(taken < tried / 100_000, $"{taken} of {tried}");
    }

    [Theory]
    [InlineData(19456, 2, true)]
    [InlineData(19456, 1, false)]
    [InlineData(19455, 2, false)]
    [InlineData(47104, 1, true)]
    [InlineData(47103, 1, false)]
    [InlineData(7168, 5, true)]
    [InlineData(7168, 4, false)]
    public void Parameters_weaker_than_owasps_are_refused_at_start(int memory, int passes, bool taken)
    {
        var options = new PasswordOptions { MemoryKib = memory, Passes = passes };
        Assert.Equal(taken, !options.Validate(new(options)).Any());
    }

    [Fact]
    public void A_password_hides_in_texts() => Assert.Equal("Password", $"{Password.Read("correct horse")}");

    private static PasswordFault? Check(string password, PasswordOptions? options = null, string? displayName = null) =>
        new PasswordRules(Options.Create(options ?? new PasswordOptions()), Common).Check(Password.Read(password), Own, displayName);

    private static string Varied(int length)
    {
        var text = new StringBuilder();
        for (var i = 0; i < length; i++) text.Append((char)('a' + (i * 7 % 26)));
        return text.ToString();
    }
}
