using System.Security.Cryptography;
using System.Text;

namespace AiCloud.Documents;

public sealed class DocumentDigestTests
{
    [Fact]
    public void It_is_what_its_definition_says_whatever_the_order_of_languages()
    {
        var expected = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("en\n5\nHellozh-CN\n6\n你好")));
        Assert.Equal(expected, DocumentDigest.Of(new Dictionary<string, string> { ["en"] = "Hello", ["zh-CN"] = "你好" }));
        Assert.Equal(expected, DocumentDigest.Of(new Dictionary<string, string> { ["zh-CN"] = "你好", ["en"] = "Hello" }));
    }

    [Theory]
    [InlineData("Hello ", "你好")]
    [InlineData("hello", "你好")]
    [InlineData("Hello", "你好\n")]
    [InlineData("Hellozh-CN\n6\n你好", "")] // no text can pretend to be two
    public void Another_text_has_another_digest(string en, string zh) =>
        Assert.NotEqual(DocumentDigest.Of(new Dictionary<string, string> { ["en"] = "Hello", ["zh-CN"] = "你好" }),
            DocumentDigest.Of(new Dictionary<string, string> { ["en"] = en, ["zh-CN"] = zh }));
}
