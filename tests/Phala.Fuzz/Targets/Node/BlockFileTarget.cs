using System.Text;
using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Codec;
using Phala.Node.Blocks;
using Phala.Testing;
using Phala.Trie;

namespace Phala.Fuzz.Targets.Node;

/// <summary>Bytes as a file of blocks; the first one says which form. Blocks that were read, written again, are read the same.</summary>
public sealed class BlockFileTarget : FuzzTarget
{
    private const byte Binary = 0;

    /// <inheritdoc/>
    public override string Name => "block-file";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Make(Binary, 2), Make(1, 2), Make(Binary, 1), Make(1, 1), [Binary, 0, 0, 0, 0, 0, 0, 0, 0], [Binary, 1, 0, 0], [.. Make(Binary, 1), 7], [1, .. "{\"block\":7}"u8], [1, .. "{\"block\""u8],
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } =
        [.. Enum.GetNames<BlockFileError>().Except([nameof(BlockFileError.None), nameof(BlockFileError.TooLong)])];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => (1 << 20) + (2048 * (long)inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        if (input.Length == 0) return new FuzzOutcome(false, null);
        bool isBinary = input[0] == Binary;
        BlockFileReader reader = new(new MemoryStream(input, 1, input.Length - 1), isBinary);
        while (reader.TryRead(out SignedBlock block))
        {
            SignedBlock again = Scale.Decode<SignedBlock>(Scale.Encode(block)).Value;
            if (again.Block.Header != block.Block.Header || again.Block.Extrinsics != block.Block.Extrinsics) throw new InvalidOperationException("A block is another one after it was written.");
        }

        return new FuzzOutcome(input.Length > sizeof(ulong), reader.Fault?.Error.ToString());
    }

    private static byte[] Make(byte form, int blocks)
    {
        using MemoryStream file = new();
        file.WriteByte(form);
        BlockFileWriter writer = new(file, form == Binary);
        writer.Begin((ulong)blocks);
        Hash256 parent = default;
        for (int block = 0; block < blocks; block++)
        {
            Header header = new(parent, (uint)block + 1, default, TrieRoot.Empty, new Digest([AuraSeal.Claim((ulong)block)]));
            writer.Write(header, [[4, 1, 2, 3], Encoding.UTF8.GetBytes("xy")], block == 0 ? null : [1, 2, 3]);
            parent = header.Hash();
        }

        return file.ToArray();
    }
}
