using Phala.Codec;
using Phala.LightClient.Delivery;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;

namespace Phala.Worker.Persistence;

/// <summary>What a cluster's snapshot holds beside its state.</summary>
/// <param name="Version">1.</param>
/// <param name="Cursor">The last entry that is applied.</param>
/// <param name="Reports">Reports that wait for the chain.</param>
/// <param name="Egress">Messages that wait for the chain; the signature is empty.</param>
/// <param name="State">The state, as <c>ClusterSnapshot</c> writes it.</param>
[Scale]
internal sealed partial record ClusterFile(byte Version, QueueCursor Cursor, Vec<ClusterReport> Reports, Vec<SignedMessage> Egress, Vec<byte> State)
{
    /// <summary>The version that is written and read.</summary>
    public const byte Current = 1;
}
