namespace AiCloud.Identity;

/// <summary>What an authority on numbers says of one: whether it went to somebody else since an instant.</summary>
public enum NumberStanding
{
    /// <summary>It changed hands.</summary>
    Changed = 1,
    /// <summary>It did not.</summary>
    Unchanged = 2,
    /// <summary>The authority does not know.</summary>
    Unknown = 3,
    /// <summary>No answer: a time-out or an outage. To be asked again.</summary>
    Later = 4,
}
