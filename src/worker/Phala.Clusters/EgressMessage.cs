using Phala.Runtime.Interface.Messages;

namespace Phala.Clusters;

/// <summary>A message of the cluster to the chain, not signed yet. All members have the same with the same number.</summary>
/// <param name="Message">The message.</param>
/// <param name="Sequence">Its number among the cluster's messages.</param>
public sealed record EgressMessage(Message Message, ulong Sequence);
