using Phala.Contracts.Hosting;

namespace Phala.Contracts.Queries;

/// <summary>The machine's time. Whoever runs the machine sets it: nobody vouches for it.</summary>
public sealed class Clock
{
    internal Clock()
    {
    }

    /// <summary>Milliseconds since 1970.</summary>
    public ulong UntrustedMilliseconds
    {
        get
        {
            const uint UntrustedMillisSinceUnixEpoch = 18;
            return Host.CallExtension(UntrustedMillisSinceUnixEpoch, new Encoder(0), sizeof(ulong), out _).ReadUInt64();
        }
    }
}
