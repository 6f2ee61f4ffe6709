namespace AiCloud.Expiry;

/// <summary>Reminders outlive all silos, and so would the period that they were made with.</summary>
internal static class ReminderPeriods
{
    /// <summary>Brings a reminder to the period that is set now. By its tick and not at the start of a silo, which would put the next tick off each time.</summary>
    public static async Task KeepPeriod<T>(this T grain, string reminder, TickStatus status, TimeSpan period) where T : Grain, IRemindable
    {
        if (status.Period != period) await grain.RegisterOrUpdateReminder(reminder, period, period);
    }
}
