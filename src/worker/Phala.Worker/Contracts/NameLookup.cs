using System.Net;
using System.Net.Sockets;

namespace Phala.Worker.Contracts;

/// <summary>The addresses of a name, as the host's resolver has them: nobody vouches for them, certificates do for who answers there.</summary>
internal static class NameLookup
{
    /// <summary>The most lookups at once. One that nobody waits for any more counts until the resolver has given up.</summary>
    private const int MostAtOnce = 64;

    private static int _underWay;

    /// <summary>The addresses of a name, or the one that a name in digits stands for.</summary>
    /// <param name="host">The name.</param>
    /// <param name="stop">When nobody waits any longer.</param>
    /// <exception cref="SocketException">There are none, or too many lookups are under way.</exception>
    public static async Task<IPAddress[]> FindAsync(string host, CancellationToken stop)
    {
        if (IPAddress.TryParse(host, out IPAddress? literal)) return [literal];
        if (Interlocked.Increment(ref _underWay) > MostAtOnce)
        {
            Interlocked.Decrement(ref _underWay);
            throw new SocketException((int)SocketError.TryAgain);
        }

        return await LookUpAsync(host).WaitAsync(stop).ConfigureAwait(false);
    }

    private static async Task<IPAddress[]> LookUpAsync(string host)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(host, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}
