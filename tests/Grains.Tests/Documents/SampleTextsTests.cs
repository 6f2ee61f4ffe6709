using System.Text.Json;
using System.Text.RegularExpressions;
using AiCloud.Identity;

namespace AiCloud.Documents;

/// <summary>
/// The privacy agreement that ships says what the product does (L-03, L-07): its table as words is its table as data, every part of docs/personal-data.md has a
/// purpose in it, and the rows are there without which the product does nothing of the kind.
/// </summary>
public sealed partial class SampleTextsTests
{
    private static readonly Dictionary<string, (string Header, string Nobody, string Necessary)> Words = new()
    {
        ["en"] = ("| Purpose |", "None", "Necessary"),
        ["zh-CN"] = ("| 目的 |", "无", "必要"),
    };

    private static readonly ProcessingPurpose[] Table = Shipped();

    [Theory, InlineData("en"), InlineData("zh-CN")]
    public void L_03_the_table_that_people_read_is_the_table_that_consent_goes_by(string language)
    {
        var (header, nobody, necessary) = Words[language];
        var lines = File.ReadAllLines(Repository.At("content", $"privacy-agreement.{language}.md"));
        var rows = lines.SkipWhile(line => !line.StartsWith(header, StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Replace("**", "", StringComparison.Ordinal).Trim('|', ' ').Split(" | ")).ToArray();
        Assert.Equal(Table.Select(row => row.Purpose[language]), rows.Select(row => row[0]));
        Assert.Equal(Table.Select(row => row.Retention[language]), rows.Select(row => row[3]));
        Assert.Equal(Table.Select(row => row.Recipients.Length == 0), rows.Select(row => row[2] == nobody));
        Assert.Equal(Table.Select(row => row.Necessary), rows.Select(row => row[4].StartsWith(necessary, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_table_is_one_that_staff_could_have_published() =>
        Assert.Null(DraftRules.Fault(DocumentCatalog.PrivacyKind, Amendments.Draft(DocumentCatalog.PrivacyKind, "1") with { Titles = new() { ["en"] = "t", ["zh-CN"] = "t" }, Processing = Table }, newest: null));

    [Theory, InlineData(ProcessingPurposes.Guardian, "guardian-name"), InlineData(ProcessingPurposes.NumberStanding, "phone"), InlineData(IdentityView.Purpose, "certificate-number")]
    public void L_03_what_is_not_done_without_its_purpose_has_one(string purpose, string data) => Assert.Contains(data, Table.Single(row => row.Id == purpose).DataKinds);

    [Theory]
    [InlineData(ProcessingPurposes.NumberStanding, "number-authority")]
    [InlineData(IdentityView.Purpose, "identity-processor")]
    [InlineData("contact-proof", "sms-processor")]
    [InlineData("contact-proof", "mail-processor")]
    [InlineData(ProcessingPurposes.Guardian, "sms-processor")]
    [InlineData("service-answers", "ai-cloud-services")]
    public void L_07_whoever_gets_data_is_named(string purpose, string recipient) => Assert.Contains(recipient, Table.Single(row => row.Id == purpose).Recipients);

    [Fact]
    public void L_03_every_part_of_what_is_stored_about_a_person_has_a_purpose_and_every_purpose_a_part()
    {
        var doc = File.ReadAllText(Repository.At("docs", "personal-data.md"));
        var (from, to) = (doc.IndexOf("## About a person", StringComparison.Ordinal), doc.IndexOf("## About nobody", StringComparison.Ordinal));
        var parts = doc[from..to].Split("\n### ").Skip(1).ToArray();
        var named = parts.Select(part => (Title: part.Split('\n')[0], Ids: part.Split('\n').FirstOrDefault(line => line.StartsWith("Purposes: ", StringComparison.Ordinal)) is { } line
            ? Backticks().Matches(line).Select(match => match.Groups[1].Value).ToArray() : [])).ToArray();
        Assert.All(named, part => Assert.True(part.Ids.Length > 0, $"docs/personal-data.md: \"{part.Title}\" names no purpose of the privacy agreement's table."));
        Assert.Equal(Table.Select(row => row.Id).Order(StringComparer.Ordinal), named.SelectMany(part => part.Ids).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory, InlineData("en", "until it is added"), InlineData("zh-CN", "无法完成")]
    public void C2_1b_the_text_does_not_deny_what_the_product_does(string language, string denial) =>
        Assert.DoesNotContain(denial, File.ReadAllText(Repository.At("content", $"privacy-agreement.{language}.md")), StringComparison.Ordinal);

    private static ProcessingPurpose[] Shipped()
    {
        using var documents = JsonDocument.Parse(File.ReadAllText(Repository.At("content", "documents.json")));
        return documents.RootElement.EnumerateArray().Single(entry => entry.GetProperty("kind").GetString() == DocumentCatalog.PrivacyKind)
            .GetProperty("processing").Deserialize<ProcessingPurpose[]>(JsonSerializerOptions.Web)!;
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Backticks();
}
