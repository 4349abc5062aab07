using Phala.Testing;
using Phala.Trie.Nodes;

namespace Phala.Fuzz.Targets.Trie;

/// <summary>Bytes as an encoded trie node. What is accepted must encode back to itself.</summary>
public sealed class NodeTarget : FuzzTarget
{
    private static readonly string Digest = string.Concat(Enumerable.Repeat("5a", 32));

    /// <inheritdoc/>
    public override string Name => "trie-node";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        .. new[]
        {
            "00", "42aa04bb", "43031404ff", "4100", "230abc" + Digest, "80120014430314" + "04ff" + "14" + "43081904fe", "c105018004cc08aabb80" + Digest,
            "12340100" + Digest + "80" + Digest, "7f00" + "0" + new string('7', 63) + "04aa", "80ffff" + string.Concat(Enumerable.Repeat("80" + Digest, 16)),
            "80010004aa", "81010100" + "04aa", "c00300" + "0500" + "04aa" + "04bb", "45012345" + "1501" + new string('e', 2 * 69),
            "7f" + new string('f', 2 * 257) + "00", "9f" + new string('f', 2 * 300),
        }.Select(Convert.FromHexString),
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<NodeError>().Where(name => name != nameof(NodeError.None))];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 256 + (2 * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        if (!NodeView.TryDecode(input, out NodeView node, out NodeError error))
        {
            bool inside = error is not (NodeError.UnknownHeader or NodeError.Truncated) || input.Length > 1;
            return new FuzzOutcome(inside && error != NodeError.UnknownHeader, error.ToString());
        }

        byte[] again = new byte[NodeEncoder.MaxSize(node)];
        int length = NodeEncoder.Encode(node, again);
        if (!again.AsSpan(0, length).SequenceEqual(input)) throw new InvalidOperationException("An accepted node does not encode back to itself.");
        for (int nibble = 0; nibble < 16; nibble++)
        {
            if (node.Child(nibble).IsEmpty == ((node.Bitmap & (1 << nibble)) != 0)) throw new InvalidOperationException("A child is missing, or one too many.");
        }

        return new FuzzOutcome(true, null);
    }
}
