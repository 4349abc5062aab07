using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Trie;

namespace Phala.Worker.Interface.Receipts;

/// <summary>A receipt with everything that somebody without a connection needs to believe it, given the genesis hash alone.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Receipt">The receipt.</param>
/// <param name="Evidence">How it hangs together with what the chain holds.</param>
/// <param name="Opened">The outcome; none where it stays secret, or was never known.</param>
/// <param name="Genesis">The chain's first header.</param>
/// <param name="GenesisProof">A read proof of the first voters under its state root: <c>Vec&lt;Vec&lt;u8&gt;&gt;</c>.</param>
/// <param name="Finality">The last headers of the sets of voters since, and at the end the header that the chain's word is read under, each with its justification.</param>
/// <param name="ChainProof">A read proof of the cluster's anchor, or of the report anchored for the receipt's entry, under the last header's state root: <c>Vec&lt;Vec&lt;u8&gt;&gt;</c>.</param>
[Scale]
public sealed partial record ReceiptFile(
    Hash256 Cluster,
    Receipt Receipt,
    ReceiptEvidence Evidence,
    Option<OpenedOutcome> Opened,
    Header Genesis,
    Vec<byte> GenesisProof,
    Vec<WarpSyncFragment> Finality,
    Vec<byte> ChainProof)
{
    /// <summary>The longest file in bytes.</summary>
    public const int LongestFile = 64 * 1024 * 1024;

    private static ReadOnlySpan<byte> Magic => "PHALA RECEIPT 1\n"u8;

    /// <summary>The file's bytes: a line that says what it is, then the encoding.</summary>
    public byte[] ToBytes() => [.. Magic, .. Scale.Encode(this)];

    /// <summary>Reads a file. Any bytes give a file or an error. Nothing in it is verified.</summary>
    public static ReceiptFileError TryRead(ReadOnlySpan<byte> bytes, out ReceiptFile? file)
    {
        file = null;
        if (!bytes.StartsWith(Magic)) return ReceiptFileError.NoReceipt;
        if (bytes.Length > LongestFile) return ReceiptFileError.TooLong;
        DecodeResult<ReceiptFile> decoded = Scale.Decode<ReceiptFile>(bytes[Magic.Length..]);
        file = decoded.Value;
        return decoded.IsOk ? ReceiptFileError.None : ReceiptFileError.Malformed;
    }
}
