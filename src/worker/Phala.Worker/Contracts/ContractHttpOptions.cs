using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Phala.Worker.Contracts;

/// <summary>What requests of contracts may reach, and whom they believe.</summary>
internal sealed record ContractHttpOptions
{
    /// <summary>Whose certificates servers must have: these and no others, whatever the host's store says. Where there is none, <c>https</c> can't be spoken.</summary>
    public X509Certificate2Collection Authorities { get; init; } = [];

    /// <summary>Whether the machine itself is open to contracts: for development.</summary>
    public bool AllowLoopback { get; init; }

    /// <summary>The addresses of a name; a <see cref="System.Net.Sockets.SocketException"/> where there are none.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = NameLookup.FindAsync;
}
