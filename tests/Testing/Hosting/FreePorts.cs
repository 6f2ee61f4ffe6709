using System.Net;
using System.Net.Sockets;

namespace AiCloud.Hosting;

/// <summary>
/// Ports for processes that a test starts. A port that the kernel gives away may be the next outgoing connection's before the process listens on it; these lie
/// below the range that outgoing connections come from (32768 and above on Linux, 49152 elsewhere). Every test process has blocks of its own: it holds the
/// first port of each for as long as it lives, and hands every other one out once.
/// </summary>
public static class FreePorts
{
    private const int First = 20_000, End = 32_600, Block = 100, Blocks = (End - First) / Block;
    private static readonly Lock One = new();
    private static readonly List<TcpListener> Held = [];
    private static int _block = Environment.ProcessId % Blocks, _next = End, _end;

    /// <summary>A port on which nobody listens, at any address.</summary>
    public static int Take()
    {
        lock (One)
        {
            while (true)
            {
                if (_next >= _end) HoldAnotherBlock();
                else if (Listener(_next++) is { } free)
                {
                    free.Dispose();
                    return _next - 1;
                }
            }
        }
    }

    private static void HoldAnotherBlock()
    {
        for (var tries = 0; tries < Blocks; tries++)
        {
            _block = (_block + 1) % Blocks;
            var first = First + _block * Block;
            if (Listener(first) is not { } held) continue;
            Held.Add(held);
            (_next, _end) = (first + 1, first + Block);
            return;
        }
        throw new InvalidOperationException($"No port is free between {First} and {End}.");
    }

    private static TcpListener? Listener(int port)
    {
        var listener = new TcpListener(IPAddress.Any, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException)
        {
            listener.Dispose();
            return null;
        }
    }
}
