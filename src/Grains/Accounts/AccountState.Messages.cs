using AiCloud.Delivery;

namespace AiCloud.Accounts;

/// <summary>What the person is still to be told.</summary>
public sealed partial record AccountState
{
    /// <summary>Messages to contacts that are not handed over yet, oldest first.</summary>
    public OwedMessage[] Owed { get; init; } = [];
}
