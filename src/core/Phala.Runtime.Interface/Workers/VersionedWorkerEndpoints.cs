using Phala.Codec;

namespace Phala.Runtime.Interface.Workers;

/// <summary>Where a worker answers.</summary>
[Scale("phala_types::VersionedWorkerEndpoints")]
public abstract partial record VersionedWorkerEndpoints
{
    private VersionedWorkerEndpoints()
    {
    }

    /// <summary>URLs.</summary>
    /// <param name="Endpoints">They, the best first.</param>
    [Variant(0, Unnamed = true)]
    public sealed record V1(Vec<string> Endpoints) : VersionedWorkerEndpoints;
}
