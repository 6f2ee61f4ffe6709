using System.Collections.Immutable;
using Orleans.Runtime;

namespace AiCloud.Storage;

internal sealed record Note : IStoredState
{
    public string Text { get; init; } = "";
    public byte[]? Digest { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public ImmutableArray<string> Pending { get; init; } = [];
    public Mood Mood { get; init; } = Mood.Calm;

    // What SQL needs to know stands in the header; the JSON must not say it twice.
    [System.Text.Json.Serialization.JsonIgnore] public bool HasPendingEntries => Pending.Length > 0;
}

internal enum Mood { Calm = 1, Wild = 2 }

[Alias("aicloud.test.notebook")]
internal interface INotebook : IGrainWithStringKey, IRemindable
{
    [Alias("write")] Task Write(string text);
    [Alias("read")] Task<string> Read();
    [Alias("remind")] Task Remind(string name);
    [Alias("reminders")] Task<string[]> Reminders();
    [Alias("forget-reminder")] Task ForgetReminder(string name);
}

[GrainType("test-notebook")]
internal sealed class Notebook([PersistentState("test-note", StorageNames.State)] IPersistentState<Note> stored) : Grain, INotebook
{
    public async Task Write(string text)
    {
        stored.State = stored.State with { Text = text };
        await stored.WriteStateAsync();
    }

    public Task<string> Read() => Task.FromResult(stored.State.Text);

    public Task Remind(string name) => this.RegisterOrUpdateReminder(name, TimeSpan.FromHours(2), TimeSpan.FromHours(3));

    public async Task<string[]> Reminders() => [.. (await this.GetReminders()).Select(reminder => reminder.ReminderName).Order()];

    public async Task ForgetReminder(string name) => await this.UnregisterReminder((await this.GetReminder(name))!);

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;
}
