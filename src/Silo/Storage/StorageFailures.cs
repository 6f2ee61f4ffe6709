using System.Data.Common;
using Orleans.Storage;

namespace AiCloud.Storage;

/// <summary>
/// Gives a failure of the database the one shape that every process can read. Orleans has no codec for a driver's exception: its caller would hear
/// of a codec instead, which nobody could tell from a fault of the program.
/// </summary>
internal sealed class StorageFailures : IIncomingGrainCallFilter
{
    /// <inheritdoc/>
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception failure) when (Of(failure) is { } fault)
        {
            throw fault;
        }
    }

    /// <summary>Runs an act on storage, whatever calls it: an activation that cannot be read passes no filter.</summary>
    public static async Task Translate(Task act)
    {
        try
        {
            await act;
        }
        catch (Exception failure) when (Of(failure) is { } fault)
        {
            throw fault;
        }
    }

    /// <summary>The failure in its shape; null when it is none of the database's. A write that another one overtook stays what it is.</summary>
    public static StorageFailedException? Of(Exception failure)
    {
        if (failure is StorageFailedException or InconsistentStateException) return null;
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is DbException fault) return new StorageFailedException(fault.SqlState ?? (fault.InnerException ?? fault).GetType().Name);
        }
        return null;
    }
}
