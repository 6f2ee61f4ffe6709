using AiCloud.Documents;

namespace AiCloud.Registration;

public sealed class CompletionRulesTests
{
    private static readonly DocumentReference Agreement = new() { Kind = "registration-agreement", Version = "1.0", Sha256 = "aa" };
    private static readonly DocumentReference Privacy = new() { Kind = "privacy-agreement", Version = "1.0", Sha256 = "bb" };
    private static readonly DocumentReference Other = new() { Kind = "violation-rules", Version = "9", Sha256 = "cc" };
    private static readonly RequiredDocument[] Required = [new(Agreement, []), new(Privacy, [])];

    [Fact]
    public void Exactly_what_is_in_force_is_accepted_in_any_order_and_an_extra_does_no_harm()
    {
        Assert.Null(CompletionRules.CheckAcceptances([Privacy, Agreement], Required));
        Assert.Null(CompletionRules.CheckAcceptances([Agreement, Other, Privacy, Privacy], Required));
    }

    [Fact]
    public void Each_missing_document_is_missed()
    {
        Assert.Equal(RefusalCode.AcceptanceMissing, CompletionRules.CheckAcceptances([], Required)?.Code);
        Assert.Equal(RefusalCode.AcceptanceMissing, CompletionRules.CheckAcceptances([Agreement], Required)?.Code);
        Assert.Equal(RefusalCode.AcceptanceMissing, CompletionRules.CheckAcceptances([Privacy, Other], Required)?.Code);
    }

    [Fact]
    public void Another_version_or_digest_is_not_in_force_even_beside_the_right_one()
    {
        DocumentReference[] wrong = [Agreement with { Version = "1.1" }, Agreement with { Sha256 = "AA" }];
        foreach (var reference in wrong)
        {
            Assert.Equal(RefusalCode.DocumentNotInForce, CompletionRules.CheckAcceptances([reference, Privacy], Required)?.Code);
            Assert.Equal(RefusalCode.DocumentNotInForce, CompletionRules.CheckAcceptances([Agreement, reference, Privacy], Required)?.Code);
        }
    }

    [Theory]
    [InlineData(15, RefusalCode.UnderAge)]
    [InlineData(16, null)]
    public void Below_sixteen_is_refused_whatever_else_is_said(int age, RefusalCode? refusal) => Assert.Equal(refusal, CompletionRules.CheckAge(age)?.Code);

    [Theory]
    [InlineData(null, RefusalCode.GuardianRequired)]
    [InlineData(Guardians.InvitationState.Lapsed, RefusalCode.GuardianRequired)]
    [InlineData(Guardians.InvitationState.Declined, RefusalCode.GuardianRequired)]
    [InlineData(Guardians.InvitationState.Open, RefusalCode.GuardianPending)]
    [InlineData(Guardians.InvitationState.Accepted, null)]
    public void At_sixteen_and_seventeen_the_guardians_answer_decides(Guardians.InvitationState? answer, RefusalCode? refusal) =>
        Assert.Equal(refusal, PendingRegistration.LacksGuardian(answer));

    [Theory]
    [InlineData(18, true, true, true, null)]
    [InlineData(18, false, true, true, RefusalCode.DeclarationMissing)]
    [InlineData(18, true, false, true, RefusalCode.DeclarationMissing)]
    [InlineData(18, true, true, false, RefusalCode.DeclarationMissing)]
    [InlineData(17, true, true, false, null)] // a guardian's responsibility stands in its place
    [InlineData(17, false, true, true, RefusalCode.DeclarationMissing)]
    public void Every_declaration_is_made_and_a_minor_need_not_declare_capacity(int age, bool information, bool eligibility, bool capacity, RefusalCode? refusal) =>
        Assert.Equal(refusal, CompletionRules.CheckDeclarations(Request(information, eligibility, capacity), age)?.Code);

    private static CompleteRegistration Request(bool information, bool eligibility, bool capacity) => new()
    {
        Proof = [], Operation = "o", Attempt = "a", Fingerprint = "f", BirthDate = new DateOnly(2000, 1, 1), Acceptances = [], Language = "en", Channel = "api", Network = 1,
        DeclaresInformation = information, DeclaresEligibility = eligibility, DeclaresCapacity = capacity,
    };
}
