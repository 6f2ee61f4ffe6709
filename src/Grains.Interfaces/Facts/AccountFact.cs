namespace AiCloud.Facts;

/// <summary>A fact about the person that an account can have. Names stand in ledger entries and on the wire: never renamed.</summary>
public enum AccountFact
{
    /// <summary>A proven phone number.</summary>
    Phone = 1,
    /// <summary>A proven e-mail address.</summary>
    Email = 2,
    /// <summary>The real name, checked.</summary>
    RealName = 3,
    /// <summary>The birth date, stated when registering.</summary>
    BirthDate = 4,
    /// <summary>An identity document, checked.</summary>
    IdDocument = 5,
}

/// <summary>Between facts and the words on the wire.</summary>
public static class AccountFactNames
{
    /// <summary>The stable snake_case form.</summary>
    public static string Name(this AccountFact fact) => fact switch
    {
        AccountFact.Phone => "phone",
        AccountFact.Email => "email",
        AccountFact.RealName => "real_name",
        AccountFact.BirthDate => "birth_date",
        AccountFact.IdDocument => "id_document",
    };

    /// <summary>The fact of a wire form; null when there is none.</summary>
    public static AccountFact? Parse(string name) => Enum.GetValues<AccountFact>().Where(fact => fact.Name() == name).Select(fact => (AccountFact?)fact).FirstOrDefault();
}
