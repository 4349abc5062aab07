using Phala.Chain;
using Phala.Chain.Grandpa;

namespace Phala.Node.Network.Requests;

/// <summary>Whether a block is the last that its authorities make final.</summary>
internal static class SetChange
{
    /// <summary>Whether a header says so.</summary>
    public static bool IsIn(in Header header) => GrandpaDigest.Read(header.Digest, out ScheduledChange? change) == GrandpaDigestError.None && change is not null;
}
