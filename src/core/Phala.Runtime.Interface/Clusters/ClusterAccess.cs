using Phala.Chain;
using Phala.Codec;

namespace Phala.Runtime.Interface.Clusters;

/// <summary>Who may add code and contracts to a cluster.</summary>
[Scale("phala_types::ClusterPermission")]
public abstract partial record ClusterAccess
{
    private ClusterAccess()
    {
    }

    /// <summary>Everybody.</summary>
    [Variant(0)]
    public sealed record Public : ClusterAccess;

    /// <summary>One account.</summary>
    /// <param name="Owner">It.</param>
    [Variant(1, Unnamed = true)]
    public sealed record OnlyOwner(AccountId Owner) : ClusterAccess;
}
