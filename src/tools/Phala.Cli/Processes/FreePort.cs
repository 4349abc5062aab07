using System.Net;
using System.Net.Sockets;

namespace Phala.Cli.Processes;

/// <summary>Ports of this machine that nobody listens at.</summary>
internal static class FreePort
{
    /// <summary>The port that is wanted, or another that is free.</summary>
    /// <param name="wanted">The port that users expect.</param>
    /// <param name="taken">Ports that have been given away already; the answer is added.</param>
    public static int Near(int wanted, ISet<int> taken)
    {
        if (!taken.Contains(wanted) && IsFree(wanted))
        {
            taken.Add(wanted);
            return wanted;
        }

        while (true)
        {
            using TcpListener listener = new(IPAddress.Loopback, 0);
            listener.Start();
            int port = ((IPEndPoint)listener.LocalEndpoint).Port;
            if (taken.Add(port)) return port;
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
