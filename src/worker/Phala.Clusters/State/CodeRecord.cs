using Phala.Chain;
using Phala.Codec;
using Phala.Runtime.Interface.Clusters;

namespace Phala.Clusters.State;

/// <summary>Code that was added to a cluster.</summary>
/// <param name="Owner">Who added it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Length">Its length in bytes.</param>
[Scale]
public readonly partial record struct CodeRecord(AccountId Owner, ResourceType Kind, uint Length);
