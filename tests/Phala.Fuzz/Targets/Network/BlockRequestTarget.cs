using Phala.Node.Network.Messages;
using Phala.Testing;
using Phala.Trie;

namespace Phala.Fuzz.Targets.Network;

/// <summary>Bytes as a request for blocks. What is accepted must say the same when it is written again.</summary>
public sealed class BlockRequestTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "block-request";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } = 
    [
        new BlockRequest(BlockParts.Header | BlockParts.Justification, new Hash256(new byte[32]), 0, IsDescending: true, 64).Encode(),
        new BlockRequest(BlockParts.Body, null, 1_000_000, IsDescending: false, 1).Encode(),
        [.. new BlockRequest(BlockParts.Header, null, 7, IsDescending: true, 0).Encode(), 0x38, 0x01, 0x7D, 1, 2, 3, 4, 0x79, 1, 2, 3, 4, 5, 6, 7, 8],
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<ProtobufError>().Where(name => name != nameof(ProtobufError.None))];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 4096 + (8 * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        ProtobufError error = BlockRequest.TryDecode(input, out BlockRequest request);
        if (error != ProtobufError.None) return new FuzzOutcome(input.Length > 1, error.ToString());
        if (BlockRequest.TryDecode(request.Encode(), out BlockRequest again) != ProtobufError.None || again != request) throw new InvalidOperationException("An accepted request is another one when it is written again.");
        return new FuzzOutcome(true, null);
    }
}
