using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using AiCloud.Accounts;
using AiCloud.Consent;
using AiCloud.Facts;
using AiCloud.Guardians;
using AiCloud.Identifiers;
using AiCloud.Identity;
using AiCloud.Languages;
using AiCloud.Ledger;
using AiCloud.Objections;
using AiCloud.Services;
using AiCloud.Shredding;

namespace AiCloud.PersonalData;

/// <summary>A copy is for a person to read (L-17): what is kept as a code stands there in words.</summary>
public sealed partial class DataWordsTests
{
    public static TheoryData<string, Type> Enumerations => new()
    {
        { "kind", typeof(IdentifierKind) }, { "kind", typeof(CertificateKind) }, { "kind", typeof(AlarmKind) }, { "phase", typeof(AccountPhase) }, { "scope", typeof(SessionScope) },
        { "manner", typeof(AcceptanceManner) }, { "method", typeof(IdentityMethod) }, { "fact", typeof(AccountFact) }, { "purpose", typeof(AccountFact) }, { "fault", typeof(FactFault) },
        { "ending", typeof(FactMarkEnding) }, { "refusedFor", typeof(IdentityReason) }, { "standing", typeof(NumberStanding) }, { "assurance", typeof(GuardianAssurance) },
        { "relationship", typeof(GuardianRelationship) }, { "loss", typeof(GuardianLoss) }, { "invitationAnswer", typeof(InvitationState) }, { "what", typeof(GuardianNews) },
        { "channels", typeof(IdentifierKind) },
    };

    [Theory, MemberData(nameof(Enumerations))]
    public void L_17_every_value_that_is_kept_as_a_code_has_words(string member, Type enumeration) =>
        Assert.All(Enum.GetNames(enumeration), name => HasWords(member, JsonNamingPolicy.SnakeCaseLower.ConvertName(name)));

    [Theory, InlineData("kind", typeof(LedgerKinds)), InlineData("act", typeof(ActsOfUse)), InlineData("act", typeof(EndingGrounds)), InlineData("endingGround", typeof(EndingGrounds))]
    public void L_17_every_code_that_is_a_constant_has_words(string member, Type constants) =>
        Assert.All(constants.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral), field => HasWords(member, (string)field.GetRawConstantValue()!));

    [Fact]
    public void L_17_every_act_that_the_ledger_knows_has_words()
    {
        var acts = Directory.EnumerateFiles(Repository.At("src", "Grains"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Acts().Matches(File.ReadAllText(file))).Select(match => match.Groups["act"].Value).Distinct().ToArray();
        Assert.True(acts.Length > 20, $"only {acts.Length} acts were found in the source");
        Assert.All(acts, act => HasWords("act", act));
    }

    [Fact]
    public void L_16_every_code_of_a_guardians_copy_has_words()
    {
        (string Member, object? Value)[] codes =
        [
            .. typeof(GuardianSelfBody).Assembly.GetTypes().Where(type => type.Namespace == typeof(GuardianSelfBody).Namespace && type.Name.EndsWith("Body", StringComparison.Ordinal) && Reaches(typeof(GuardianSelfBody), type))
                .SelectMany(type => type.GetProperties()).SelectMany(property => (property.GetCustomAttribute<AllowedValuesAttribute>()?.Values ?? []).Select(value => (JsonNamingPolicy.CamelCase.ConvertName(property.Name), value)))
                .Where(code => code.Item1 != "format"),
        ];
        Assert.True(codes.Length > 10, $"only {codes.Length} codes were found");
        Assert.All(codes, code => HasWords(code.Member, (string)code.Value!));
    }

    [Fact]
    public void L_17_what_a_person_wrote_is_never_read_as_a_code()
    {
        const string Copy = """{"displayName":"open","words":"limited","name":"father","phase":"open","relationship":"other","operator":"father"}""";
        using var document = JsonDocument.Parse(Copy);
        var page = DataPage.Render(document.RootElement, DataTexts.PageLead, Language.ZhCn);
        Assert.Contains("<dd>open</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dd>limited</dd>", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("<dd>father</dd>").Length - 1);
        Assert.Contains("<dd>正常</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dd>其他监护人</dd>", page, StringComparison.Ordinal);
    }

    [Theory, InlineData("purpose", "operators-own"), InlineData("kind", "of_a_later_release")]
    public void A_code_of_an_operator_or_of_a_later_release_stands_as_it_is(string member, string code) => Assert.Equal(code, DataWords.In(member, code, Language.ZhCn));

    private static void HasWords(string member, string code)
    {
        Assert.True(DataWords.IsCode(member, code), $"\"{code}\" of \"{member}\" stands raw in the copy that a person reads: say it in DataWords, in Chinese and English.");
        Assert.All(Enum.GetValues<Language>(), language => Assert.NotEmpty(DataWords.In(member, code, language)));
        Assert.NotEqual(code, DataWords.In(member, code, Language.ZhCn));
    }

    private static bool Reaches(Type from, Type sought) => from == sought
        || from.GetProperties().Select(property => property.PropertyType.GetElementType() ?? property.PropertyType).Where(type => type.Namespace == from.Namespace && type != from).Any(type => Reaches(type, sought));

    [GeneratedRegex("""(?:GuardianAct\(|\bAct = |WithMark\(Id, [a-z]+, |WithMark\(account, .*, |LedgerDrafts\.Fact\(Id, null, |AcceptanceManner\.Explicit, |WithShown\(.*, )"(?<act>[a-z_]+)"(?:,|\)|;|$)""", RegexOptions.Multiline)]
    private static partial Regex Acts();
}
