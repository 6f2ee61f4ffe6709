using System.Runtime.InteropServices;

namespace AiCloud.Passwords;

/// <summary>
/// Lets the calling thread run behind the process's others: a hash takes a core for 15 ms at a time, and a cheap request must not wait that long
/// for its turn. .NET's thread priorities do nothing on Linux, where the kernel keeps a nice value per thread.
/// </summary>
internal static class BackgroundThread
{
    /// <summary>
    /// A thread with this nice value gets a quarter of a core against one at 0, and a whole one while nobody else wants it. Weaker, requests
    /// wait for hashes; stronger, hashes wait for every other process of the machine, the database's included, and sign-ups go slow.
    /// </summary>
    public const int Nice = 5;

    private const int OneThread = 0, Caller = 0; // PRIO_PROCESS means a thread on Linux

    /// <summary>From now on. Where it is not allowed the thread stays as it is: then requests wait a little longer.</summary>
    public static void StandBack()
    {
        if (OperatingSystem.IsLinux()) _ = SetPriority(OneThread, Caller, Nice);
        else Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
    }

    [DllImport("libc", EntryPoint = "setpriority"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int nice);
}
