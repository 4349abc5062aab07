using System.Net;
using System.Net.Sockets;

namespace Phala.Cli.Processes;

/// <summary>Ports of this machine that nobody listens at.</summary>
internal static class FreePort
{
    /// <summary>Below the range that systems take ports of outgoing connections from: none of those takes a port between its choice and its use.</summary>
    private const int First = 10_000, End = 32_000;

    /// <summary>The wanted port, or where that is in use any other.</summary>
    /// <param name="wanted">The wanted port.</param>
    /// <param name="taken">Ports that are spoken for; the result is added.</param>
    public static int Near(int wanted, ISet<int> taken)
    {
        if (taken.Contains(wanted) || !IsFree(wanted)) return Any(taken);
        taken.Add(wanted);
        return wanted;
    }

    /// <summary>Any port: another network that starts at the same time most likely gets others.</summary>
    /// <param name="taken">Ports that are spoken for; the result is added.</param>
    public static int Any(ISet<int> taken)
    {
        while (true)
        {
            int port = Random.Shared.Next(First, End);
            if (IsFree(port) && taken.Add(port)) return port;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using TcpListener listener = new(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
