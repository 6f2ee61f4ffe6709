using AiCloud.Staff;
using AiCloud.Storage;

namespace AiCloud.Documents;

/// <summary>
/// Carrying out what the clock has decided already: readers ask the clock, so that a reminder that is late, lost or doubled changes nothing they see.
/// </summary>
internal sealed partial class DocumentGrain
{
    private const string Reminder = "activate";
    private static readonly TimeSpan Again = TimeSpan.FromHours(1);

    public Task ReceiveReminder(string reminderName, TickStatus status) => Tend();

    /// <summary>Notes what came into force, once each, and sees to it that the reminder stands exactly while something is announced.</summary>
    private async Task Tend()
    {
        await this.Keep(stored, seals.Renewed(State));
        var now = clock.GetUtcNow();
        var next = DocumentLifecycle.NoteActivations(State, now);
        if (!ReferenceEquals(next, State))
        {
            var noted = next.Drafted.Where(version => version.ActivationNotedAt == now && DocumentLifecycle.Find(State, version.Version)!.ActivationNotedAt is null).ToArray();
            if (await IsInAudit(noted))
            {
                await this.Keep(stored, next);
                foreach (var version in noted)
                {
                    var published = State.Versions.First(candidate => candidate.Version == version.Version);
                    metrics.Activated(Kind, now - published.EffectiveAt);
                    log.Activated(Kind, published.Version, published.EffectiveAt);
                }
            }
        }
        await KeepReminder(now);
    }

    // Before it is kept, since it is noted once: a crash in between has the same entry made again, which adds nothing. What cannot be written now is
    // noted later; the text is in force all the same, and nobody who asks for it must suffer.
    private async Task<bool> IsInAudit(StoredVersion[] noted)
    {
        try
        {
            foreach (var version in noted) await audit.Append(new AuditNote(AuditNote.System, "document.activate", $"{Kind}/{version.Version}", IAuditLog.Done, $"{Kind}/{version.Version}", ""));
            return true;
        }
        catch (Exception failure) when (IAuditLog.CouldNotWrite(failure))
        {
            log.ActivationNotNoted(Kind, failure.GetType().Name);
            return false;
        }
    }

    private async Task KeepReminder(DateTimeOffset now)
    {
        var reminder = State.Drafted.Length == 0 ? null : await this.GetReminder(Reminder);
        if (DocumentLifecycle.NextActivation(State) is { } instant)
        {
            if (reminder is null) await this.RegisterOrUpdateReminder(Reminder, instant > now ? instant - now : TimeSpan.Zero, Again);
        }
        else if (reminder is not null) await this.UnregisterReminder(reminder);
    }

    /// <summary>After an announcement or a withdrawal: processes hear of it at once, and the reminder follows.</summary>
    private async Task Changed()
    {
        await _watchers.Notify(watcher => watcher.Changed(Kind));
        if (await this.GetReminder(Reminder) is { } stale) await this.UnregisterReminder(stale); // set for a version that may be withdrawn
        await Tend();
    }
}
