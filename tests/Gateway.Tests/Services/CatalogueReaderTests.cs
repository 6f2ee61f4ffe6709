using System.Text;
using static AiCloud.Services.Catalogues;

namespace AiCloud.Services;

/// <summary>What a catalogue's file may say (C2.1e, L-01, L-10), and that every fault names its place.</summary>
public sealed class CatalogueReaderTests
{
    private static readonly string Good = File(Type("storage", [Need("contact")], functions: [Function("upload")]));

    [Fact]
    public void A_catalogue_says_what_each_type_needs_and_why()
    {
        var catalogue = Read(Everything).Catalogue!;
        var type = catalogue.Find("storage")!;
        Assert.Equal(["contact"], type.NeedsOf("upload")!.Select(need => need.Need.Word));
        Assert.Equal(["contact", "phone"], type.NeedsOf("publish")!.Select(need => need.Need.Word));
        Assert.Null(type.NeedsOf("format-disk"));
        Assert.Equal("Why", type.Needs[0].Purpose.En);
        Assert.Equal("By law", catalogue.Find("named")!.Needs[0].FullNumberGround!.Value.En);
        Assert.Equal(GuardianAssurance.Id, catalogue.Find("families")!.Needs[0].Need.Assurance);
        Assert.Equal("unrestricted.publish", catalogue.Find("unrestricted")!.Needs[0].Need.Word);
        Assert.Equal(64, catalogue.Digest.Length);
    }

    [Fact]
    public void The_sample_that_ships_can_be_used() =>
        Assert.Equal(["documentation", "object-storage", "model-api", "billing"], CatalogueReader.Read(System.IO.File.ReadAllBytes(Sample)).Catalogue!.Types.Select(type => type.Id));

    public static TheoryData<string, string, string> Faults => new()
    {
        { "\"format\":1", "\"format\":2", "/format must be 1" },
        { "\"format\":1,", "", "/format is missing" },
        { "\"id\":\"storage\"", "\"id\":\"Storage\"", "/services/0/id must be a lower-case letter" },
        { "\"id\":\"storage\"", "\"id\":7", "/services/0/id must be a string" },
        { "\"publishing\":false", "\"publishing\":\"no\"", "/services/0/publishing must be true or false" },
        { "\"publishing\":false", "\"publishing\":true", "/services/0/needs a publishing type must need phone, identified or real_name" },
        { "\"publishing\":false,", "", "/services/0/publishing is missing" },
        { "\"fact\":\"contact\"", "\"fact\":\"sex\"", "/services/0/needs/0/fact must be one of phone, email, contact" },
        { "\"fact\":\"contact\"", "\"fact\":\"adult_or_guardian\"", "/services/0/needs/0/guardian is missing" },
        { "\"fact\":\"contact\"", "\"fact\":\"contact\",\"guardian\":\"id\"", "/services/0/needs/0/guardian does not belong to this fact" },
        { "\"fact\":\"contact\"", "\"fact\":\"adult_or_guardian\",\"guardian\":\"aunt\"", "/services/0/needs/0/guardian must be contact or id" },
        { "\"fact\":\"contact\"", "\"fact\":\"unrestricted\"", "/services/0/needs/0/function is missing" },
        { "\"fact\":\"contact\"", "\"fact\":\"unrestricted\",\"function\":\"A b\"", "/services/0/needs/0/function must be a lower-case letter" },
        { "\"fact\":\"contact\"", "\"fact\":\"phone\",\"fullNumber\":{\"ground\":{\"zh-CN\":\"依据\",\"en\":\"x\"}}", "/services/0/needs/0/fullNumber does not belong to this fact" },
        { "\"fact\":\"contact\"", "\"fact\":\"real_name\",\"fullNumber\":{}", "/services/0/needs/0/fullNumber/ground is missing" },
        { "\"fact\":\"contact\"", "\"fact\":\"contact\",\"sex\":1", "/services/0/needs/0 has a member beyond fact, purpose, ground" },
        { "\"purpose\":{\"zh-CN\":\"用途\",\"en\":\"Why\"}", "\"purpose\":{\"en\":\"Why\"}", "/services/0/needs/0/purpose/zh-CN is missing" },
        { "\"en\":\"Why\"", "\"en\":\" \"", "/services/0/needs/0/purpose/en must be 1 to 2000 characters" },
        { "\"ground\":{\"zh-CN\":\"依据\",\"en\":\"Ground\"}", "\"ground\":\"law\"", "/services/0/needs/0/ground must be an object" },
        { "\"id\":\"upload\"", "\"id\":\"export\"", "/services/0/functions/0/id names a function of the account itself" },
        { "\"id\":\"upload\"", "\"id\":\"account_change\"", "/services/0/functions/0/id names a function of the account itself" },
        { "\"functions\":[", "\"functions\":[7,", "/services/0/functions/0 must be an object" },
        { "\"services\":[", "\"services\":{\"a\":[", "line 1, column" },
        { "\"format\":1", "\"format\":1,\"format\":1", "an object names a member twice" },
    };

    [Theory, MemberData(nameof(Faults))]
    public void A_fault_is_told_with_its_place(string here, string instead, string fault)
    {
        var broken = Good.Replace(here, instead, StringComparison.Ordinal);
        Assert.NotEqual(Good, broken);
        var (catalogue, faults) = Read(broken);
        Assert.Null(catalogue);
        Assert.Contains(faults, line => line.StartsWith(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var faults = Read(Good.Replace("\"format\":1", "\"format\":3", StringComparison.Ordinal).Replace("\"contact\"", "\"sex\"", StringComparison.Ordinal)).Faults;
        Assert.Equal(2, faults.Count);
    }

    [Fact]
    public void Ids_and_needs_stand_in_their_list_once()
    {
        Assert.Contains("/services/1 stands in the list twice", Read(File(Type("a", []), Type("a", []))).Faults);
        Assert.Contains("/services/0/functions/1 stands in the list twice", Read(File(Type("a", [], functions: [Function("x"), Function("x")]))).Faults);
        Assert.Contains("/services/0/needs/1 stands in the list twice", Read(File(Type("a", [Need("phone"), Need("phone")]))).Faults);
    }

    [Theory, InlineData(200, true), InlineData(201, false)]
    public void There_are_at_most_two_hundred_types(int types, bool good) =>
        Assert.Equal(good, Read(File([.. Enumerable.Range(0, types).Select(i => Type(FormattableString.Invariant($"t{i}"), []))])).Catalogue is not null);

    [Theory, InlineData(CatalogueReader.MaxBytes, true), InlineData(CatalogueReader.MaxBytes + 1, false)]
    public void A_file_has_at_most_one_MiB(int size, bool good) => Assert.Equal(good, Read(Good + new string(' ', size - Encoding.UTF8.GetByteCount(Good))).Catalogue is not null);

    [Fact]
    public void A_publishing_type_needs_an_identity__L_10()
    {
        foreach (var fact in new[] { "phone", "identified", "real_name" }) Assert.NotNull(Read(File(Type("a", [Need(fact)], publishing: true))).Catalogue);
        foreach (var fact in new[] { "email", "contact", "adult" }) Assert.Null(Read(File(Type("a", [Need(fact)], publishing: true))).Catalogue);
    }

    internal static string Sample => System.IO.Path.Combine(AppContext.BaseDirectory, "content", "services.json");

    private static (ServiceCatalogue? Catalogue, IReadOnlyList<string> Faults) Read(string text) => CatalogueReader.Read(Encoding.UTF8.GetBytes(text));
}
