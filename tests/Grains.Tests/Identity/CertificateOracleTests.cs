using System.Diagnostics;
using System.Globalization;
using System.Text;
using CsCheck;

namespace AiCloud.Identity;

/// <summary>Our reading of identity numbers beside that of a library we did not write (A5).</summary>
[Trait("Takes", "long")]
public sealed class CertificateOracleTests
{
    private const int Numbers = 100_000;
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Fact]
    public async Task A_hundred_thousand_numbers_are_judged_as_another_library_judges_them_or_differ_for_a_reason()
    {
        var script = Repository.At("scripts", "certificates-check");
        if (!await Installed(script)) Assert.Skip("node, or the library from the registry, is not to be had here");
        var random = new PCG(1, 20260302UL);
        var verdicts = new StringBuilder();
        for (var i = 0; i < Numbers; i++)
        {
            var number = Draw(random);
            // Called by the kind that its first digits say, as the library asks for none.
            var kind = number[0] == '9' ? CertificateKind.PermanentResidenceCard
                : number[..6] is "810000" or "820000" or "830000" ? CertificateKind.ResidencePermit : CertificateKind.ResidentIdCard;
            var read = CertificateParsing.Read(kind, number, null, Today);
            verdicts.Append(CultureInfo.InvariantCulture, $"{number}\t{read.Fault?.ToString() ?? "ok"}\n");
        }
        var file = Path.Combine(Path.GetTempPath(), $"aicloud-certificates-{Guid.NewGuid():N}.tsv");
        try
        {
            await File.WriteAllTextAsync(file, verdicts.ToString(), TestContext.Current.CancellationToken);
            var (code, words) = await Run("node", [Path.Combine(script, "check.mjs"), file, Today.ToString("O", CultureInfo.InvariantCulture)], script);
            TestContext.Current.TestOutputHelper?.WriteLine(words);
            Assert.True(code == 0, words);
            Assert.Contains($"{Numbers}  numbers, 0 differences without a reason", words, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Sound numbers of people of every age, and every way in which one can be unsound.</summary>
    private static string Draw(PCG random)
    {
        string[] regions = ["110105", "440524", "310104", "513436", "650102", "820000", "810000", "830000", "911000", "999999", "010105", "770101", "500101"];
        var region = (int)random.Next(4) > 0 ? regions[(int)random.Next((uint)regions.Length)] : (100_000 + (int)random.Next(900_000)).ToString(CultureInfo.InvariantCulture);
        var date = (int)random.Next(12) switch
        {
            0 => Digits(random, 8),                                                                                      // mostly in no calendar
            1 => $"{1897 + (int)random.Next(129)}02{28 + (int)random.Next(4)}",                                                     // around the end of February
            2 => Today.AddDays((int)random.Next(7) - 3).ToString("yyyyMMdd", CultureInfo.InvariantCulture),                    // around today
            3 => Today.AddYears(-130).AddDays((int)random.Next(7) - 3).ToString("yyyyMMdd", CultureInfo.InvariantCulture),     // around the oldest
            4 => Today.AddDays(1 + (int)random.Next(20_000)).ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            _ => Today.AddDays(-(int)random.Next(40_000)).ToString("yyyyMMdd", CultureInfo.InvariantCulture),
        };
        if ((int)random.Next(40) == 0) return $"{region}{date[2..]}{Digits(random, 3)}"; // 15 digits
        var body = $"{region}{date}{((int)random.Next(20) == 0 ? "000" : Digits(random, 3))}";
        var check = CheckCharacter(body);
        return (int)random.Next(5) switch
        {
            0 => body + "0123456789X"[(int)random.Next(11)],
            1 => Swapped(body, (int)random.Next(16)) + check,
            _ => body + check,
        };
    }

    // Made by another way than the code under test: the remainder of the number read in base 2.
    private static char CheckCharacter(string body)
    {
        var remainder = body.Aggregate(0, (sum, digit) => (sum + (digit - '0')) * 2 % 11);
        var check = (12 - remainder) % 11;
        return check == 10 ? 'X' : (char)('0' + check);
    }

    private static string Swapped(string body, int at) => $"{body[..at]}{body[at + 1]}{body[at]}{body[(at + 2)..]}";

    private static string Digits(PCG random, int count) =>
        string.Create(count, random, static (digits, source) => { for (var i = 0; i < digits.Length; i++) digits[i] = (char)('0' + (int)source.Next(10)); });

    private static async Task<bool> Installed(string script)
    {
        try
        {
            return Directory.Exists(Path.Combine(script, "node_modules", "id-validator")) || (await Run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], script)).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<(int Code, string Words)> Run(string program, string[] arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (said, failed) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, new StringBuilder(await said).Append(await failed).ToString());
    }
}
