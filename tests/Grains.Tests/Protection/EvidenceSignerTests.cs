using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace AiCloud.Protection;

public sealed class EvidenceSignerTests : IDisposable
{
    // Roots of counting bytes; coordinates, thumbprints and signature computed from them with Python's cryptography package.
    private const string First = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=", Second = "ISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+P0A=";
    private const string SignedElsewhere =
        "eyJhbGciOiJFUzI1NiIsImtpZCI6InMxLlY5NWZ4QzdJemwxNGg3NWRkZFA2b2laMjNaY19VdVl1YzVpRVVrdVhnd3ciLCJ0eXAiOiJ0ZXN0In0.eyJhIjoxfQ.TeYrG9Gfp-4mSErJTSOYbgeILPwC1Nfe_z2Oxz-wOPez2srLWe71FWYJ5ls7dq4akWBpTYnYiKn5KulcnExgcQ";

    private static readonly byte[] Payload = "{\"a\":1}"u8.ToArray();
    private readonly string _folder = Directory.CreateTempSubdirectory("keys").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_key_follows_from_the_root_alone_by_the_documented_derivation()
    {
        var keys = new EvidenceSigner(Ring("s1")).PublicKeys();
        Assert.Equal(
            [
                ("s1.V95fxC7Izl14h75dddP6oiZ23Zc_UuYuc5iEUkuXgww", "yM7AJmf_N19iRUAodOruQ0h93FW7tra3bFG6O109d4M", "w7WYl7q_rhSvs162e28K0QAkJVQFJF8IvwyyzeB7Gy4"),
                ("s2.vqi244c63sqRk4qc3t2iJlcK0oearDL7zMvQh46ppD4", "Uh_fQDKDxZJk5iureRQgKXEGHX0FOxDUlHjzOEQmtL4", "hddZKNLpYe2SbizDMaQYfXj-vexeugQtJ6oNcjRWSY8"),
            ],
            keys.Select(key => (key.Kid, key.X, key.Y)));
    }

    [Fact]
    public void What_another_implementation_signed_is_verified_byte_by_byte() =>
        Assert.Equal(Payload, EvidenceSigner.Verify(SignedElsewhere, "test", new EvidenceSigner(Ring("s1")).PublicKeys()));

    [Fact]
    public void A_signature_names_algorithm_key_and_type_and_verifies()
    {
        var signer = new EvidenceSigner(Ring("s1"));
        var jws = signer.Sign(Payload, "receipt");
        Assert.Equal($$"""{"alg":"ES256","kid":"{{signer.PublicKeys()[0].Kid}}","typ":"receipt"}""", Text(jws.Split('.')[0]));
        Assert.Equal(Payload, EvidenceSigner.Verify(jws, "receipt", signer.PublicKeys()));
    }

    [Fact]
    public void A_promoted_root_signs_with_a_key_of_its_own_and_the_old_signatures_stay_verifiable()
    {
        var (before, after) = (new EvidenceSigner(Ring("s1")), new EvidenceSigner(Ring("s2")));
        var (old, fresh) = (before.Sign(Payload, "receipt"), after.Sign(Payload, "receipt"));
        Assert.Equal(["s2", "s1"], after.PublicKeys().Select(key => key.Kid.Split('.')[0]));
        Assert.NotNull(EvidenceSigner.Verify(old, "receipt", after.PublicKeys()));
        // The standing-by root's key was published before it signed: whoever fetched the keys then can check what came later.
        Assert.NotNull(EvidenceSigner.Verify(fresh, "receipt", before.PublicKeys()));
        Assert.Null(EvidenceSigner.Verify(fresh, "receipt", [before.PublicKeys()[0]]));
    }

    [Fact]
    public void Changing_any_character_breaks_it()
    {
        var signer = new EvidenceSigner(Ring("s1"));
        var jws = signer.Sign(Payload, "receipt");
        // The last character of 86 in the signature carries four bits that decode to nothing; every other one counts.
        for (var i = 0; i < jws.Length - 1; i++)
            Assert.Null(EvidenceSigner.Verify($"{jws[..i]}{(jws[i] == 'A' ? 'B' : 'A')}{jws[(i + 1)..]}", "receipt", signer.PublicKeys()));
    }

    [Theory]
    [InlineData("""{"alg":"none","kid":"KID","typ":"receipt"}""")]
    [InlineData("""{"alg":"HS256","kid":"KID","typ":"receipt"}""")]
    [InlineData("""{"alg":"ES256","kid":"KID","typ":"receipt","crit":["exp"]}""")]
    [InlineData("""{"alg":"ES256","kid":"KID","typ":"receipt","alg":"none"}""")]
    [InlineData("""{"alg":"ES256","kid":"s9.unknown","typ":"receipt"}""")]
    [InlineData("not json")]
    public void Another_header_is_not_taken_whatever_it_says__RFC_8725(string header)
    {
        var signer = new EvidenceSigner(Ring("s1"));
        var parts = signer.Sign(Payload, "receipt").Split('.');
        parts[0] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.Replace("KID", signer.PublicKeys()[0].Kid, StringComparison.Ordinal)));
        Assert.Null(EvidenceSigner.Verify(string.Join('.', parts), "receipt", signer.PublicKeys()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("..")]
    [InlineData("a.b.c.d")]
    [InlineData("!.!.!")]
    public void A_text_that_is_no_signature_is_none(string text) => Assert.Null(EvidenceSigner.Verify(text, "receipt", new EvidenceSigner(Ring("s1")).PublicKeys()));

    [Fact]
    public void A_signature_for_one_thing_is_worth_nothing_for_another()
    {
        var signer = new EvidenceSigner(Ring("s1"));
        Assert.Null(EvidenceSigner.Verify(signer.Sign(Payload, "checkpoint"), "receipt", signer.PublicKeys()));
    }

    [Fact]
    public async Task Threads_sign_at_the_same_time()
    {
        var signer = new EvidenceSigner(Ring("s1"));
        var signed = await Task.WhenAll(Enumerable.Range(0, 200).Select(number =>
            Task.Factory.StartNew(() => (number, Jws: signer.Sign(BitConverter.GetBytes(number), "receipt")), TaskCreationOptions.LongRunning)));
        Assert.All(signed, one => Assert.Equal(BitConverter.GetBytes(one.number), EvidenceSigner.Verify(one.Jws, "receipt", signer.PublicKeys())));
    }

    private KeyRing Ring(string current)
    {
        var path = Path.Combine(_folder, $"{current}.json");
        object Set(string id) => new { current = id, keys = new[] { new { id, key = First } } };
        File.WriteAllText(path, JsonSerializer.Serialize(new
        {
            version = 1,
            lookup = Set("k1"),
            encryption = Set("e1"),
            secrets = new { current, keys = new[] { new { id = "s1", key = First }, new { id = "s2", key = Second } } },
        }));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return KeyRing.Load(path);
    }

    private static string Text(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));
}
