using Phala.Node.Network.Messages;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Network;

/// <summary>Bytes as a question of the distributed hash table.</summary>
public sealed class KademliaTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "kademlia";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } = [KademliaMessage.Encode(KademliaMessage.FindNode), [.. KademliaMessage.Encode(1), 0x52, 0x02, 1, 2, 0x5D, 1, 2, 3, 4, 0x59, 1, 2, 3, 4, 5, 6, 7, 8]];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<ProtobufError>().Where(name => name != nameof(ProtobufError.None))];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 4096 + (8 * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        ProtobufError error = KademliaMessage.TryDecode(input, out _);
        return new FuzzOutcome(input.Length > 1, error == ProtobufError.None ? null : error.ToString());
    }
}
