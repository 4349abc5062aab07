using Phala.Codec;
using Phala.Runtime.Interface.Messages;
using Phala.Trie;

namespace Phala.Runtime.Interface.Queue;

/// <summary>Which channel a message belongs to. The chain decides by it, and whoever derives entries from a chain's messages decides alike.</summary>
public static class QueueRouting
{
    /// <summary>The channel of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="clusterOf">The cluster of a contract, as the chain has it after the message's block; null where there is no such contract.</param>
    /// <returns>The system's channel where no cluster can be made out. Any message gives an answer.</returns>
    public static Channel ChannelOf(Message message, Func<Hash256, Hash256?> clusterOf)
    {
        if (Topics.TryReadCommand(message.Destination.AsSpan(), out Hash256 contract)) return Of(clusterOf(contract));
        if (message.Sender is not MessageOrigin.Pallet) return Channel.System;
        if (message.Destination == Topics.ClusterOperation) return OfOperation(message.Payload.AsSpan());
        return message.Destination == Topics.ContractOperation ? OfContract(message.Payload.AsSpan()) : Channel.System;
    }

    private static Channel OfOperation(ReadOnlySpan<byte> payload)
    {
        DecodeResult<ClusterOperation> decoded = Scale.Decode<ClusterOperation>(payload);
        return decoded.IsOk ? Channel.OfCluster(decoded.Value.ClusterOf) : Channel.System;
    }

    private static Channel OfContract(ReadOnlySpan<byte> payload)
    {
        DecodeResult<ContractOperation> decoded = Scale.Decode<ContractOperation>(payload);
        return decoded.IsOk && decoded.Value is ContractOperation.InstantiateCode code ? Channel.OfCluster(code.ContractInfo.ClusterId) : Channel.System;
    }

    private static Channel Of(Hash256? cluster) => cluster is { } known ? Channel.OfCluster(known) : Channel.System;
}
