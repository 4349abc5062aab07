using Phala.Trie.Nodes;
using Xunit;

namespace Phala.Tests.Trie;

public sealed class NodeCodecTests
{
    private const string Digest = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    /// <summary>Headers, partial keys of even and odd length, all kinds of values and children; written by hand from the specification.</summary>
    [Theory]
    [InlineData("00", NodeKind.Empty, 0, "", 0, "")]
    [InlineData("4000", NodeKind.Leaf, 0, "", 0, "")]
    [InlineData("42aa04bb", NodeKind.Leaf, 2, "aa", 0, "bb")]
    [InlineData("430314 04ff", NodeKind.Leaf, 3, "0314", 0, "ff")]
    [InlineData("23 0abc " + Digest, NodeKind.LeafWithHashedValue, 3, "0abc", 0, Digest)]
    [InlineData("80 1200 144303140 4ff 1443081904fe", NodeKind.Branch, 0, "", 0x0012, "")]
    [InlineData("c1 05 0180 04cc 08aabb 80" + Digest, NodeKind.BranchWithValue, 1, "05", 0x8001, "cc")]
    [InlineData("12 34 0100 " + Digest + "80" + Digest, NodeKind.BranchWithHashedValue, 2, "34", 0x0001, Digest)]
    public void ANodeWrittenByHandDecodesAndEncodesBack(string hex, NodeKind kind, int partialCount, string partial, int bitmap, string value)
    {
        byte[] encoded = TrieData.Bytes(hex.Replace(" ", "", StringComparison.Ordinal));
        Assert.True(NodeView.TryDecode(encoded, out NodeView node, out NodeError error), error.ToString());
        Assert.Equal((kind, partialCount, bitmap), (node.Kind, node.PartialCount, node.Bitmap));
        Assert.Equal((partial, value), (TrieData.Hex(node.Partial), TrieData.Hex(node.Value)));
        byte[] again = new byte[NodeEncoder.MaxSize(node)];
        Assert.Equal(encoded, again[..NodeEncoder.Encode(node, again)]);
    }

    [Theory]
    [InlineData(0x40, 63)]
    [InlineData(0x80, 63)]
    [InlineData(0xC0, 63)]
    [InlineData(0x20, 31)]
    [InlineData(0x10, 15)]
    public void TheLengthOfThePartialKeyGoesOnBehindAFullHeader(int bits, int mask)
    {
        foreach (int count in (int[])[mask - 1, mask, mask + 1, mask + 254, mask + 255, mask + 256, mask + 510, 1000])
        {
            List<byte> encoded = [(byte)(bits | Math.Min(count, mask))];
            for (int rest = count - mask; rest >= 0; rest -= 255)
            {
                encoded.Add((byte)Math.Min(rest, 255));
                if (rest < 255) break;
            }

            encoded.AddRange(new byte[(count + 1) / 2]);
            encoded.AddRange(TrieData.Bytes(bits switch { 0x40 => "00", 0x80 => "010004aa", 0xC0 => "01000004aa", 0x20 => Digest, _ => "0100" + Digest + "04aa" }));
            byte[] bytes = [.. encoded];
            Assert.True(NodeView.TryDecode(bytes, out NodeView node, out NodeError error), $"{count}: {error}");
            Assert.Equal(count, node.PartialCount);
            byte[] again = new byte[NodeEncoder.MaxSize(node)];
            Assert.Equal(bytes, again[..NodeEncoder.Encode(node, again)]);
        }
    }

    [Fact]
    public void ChildrenAreFoundByTheirHalfByteWhateverTheirLengths()
    {
        byte[] mixed = TrieData.Bytes("801280" + "04aa" + "80" + Digest + "08bbcc");
        Assert.True(NodeView.TryDecode(mixed, out NodeView node, out _));
        Assert.Equal(["", "aa", "", "", Digest, "", "bbcc"], Children(node, 0, 1, 2, 3, 4, 14, 15));
        byte[] digests = TrieData.Bytes("801280" + "80" + Digest + "80" + Digest + "80" + Digest.Replace("00", "ff", StringComparison.Ordinal));
        Assert.True(NodeView.TryDecode(digests, out node, out _));
        Assert.Equal([Digest, "", Digest.Replace("00", "ff", StringComparison.Ordinal)], Children(node, 4, 5, 15));
    }

    [Theory]
    [InlineData("", NodeError.Truncated)]
    [InlineData("7f", NodeError.Truncated)]
    [InlineData("7fff", NodeError.Truncated)]
    [InlineData("42", NodeError.Truncated)]
    [InlineData("40", NodeError.Truncated)]
    [InlineData("4008aa", NodeError.Truncated)]
    [InlineData("40feffffff", NodeError.Truncated)]
    [InlineData("80", NodeError.Truncated)]
    [InlineData("8001", NodeError.Truncated)]
    [InlineData("800100", NodeError.Truncated)]
    [InlineData("80010008aa", NodeError.Truncated)]
    [InlineData("2000", NodeError.Truncated)]
    [InlineData("01", NodeError.UnknownHeader)]
    [InlineData("0f", NodeError.UnknownHeader)]
    [InlineData("411000", NodeError.BadPadding)]
    [InlineData("800000", NodeError.NoChildren)]
    [InlineData("400100", NodeError.BadLength)]
    [InlineData("4002000000", NodeError.BadLength)]
    [InlineData("40070000000001", NodeError.BadLength)]
    [InlineData("80010000", NodeError.BadChild)]
    [InlineData("80010005aa", NodeError.BadChild)]
    [InlineData("80010084" + Digest + "20", NodeError.BadChild)]
    [InlineData("0000", NodeError.TrailingBytes)]
    [InlineData("400000", NodeError.TrailingBytes)]
    [InlineData("80010004aa00", NodeError.TrailingBytes)]
    public void WhatIsNoNodeIsRefusedForItsReason(string hex, NodeError reason)
    {
        Assert.False(NodeView.TryDecode(TrieData.Bytes(hex), out _, out NodeError error));
        Assert.Equal(reason, error);
    }

    /// <summary>The length of a partial key is a sum of bytes without end: unbounded it would run over into a negative number, or into a small one.</summary>
    [Fact]
    public void ALengthThatRunsOverIsRefused()
    {
        byte[] negative = new byte[1 + 8_421_505 + 1];
        byte[] wrapped = new byte[1 + 16_843_009 + 1 + 31 + 1];
        foreach ((byte[] encoded, int full) in (IEnumerable<(byte[], int)>)[(negative, 8_421_505), (wrapped, 16_843_009)])
        {
            encoded[0] = 0x7F;
            encoded.AsSpan(1, full).Fill(0xFF);
            Assert.False(NodeView.TryDecode(encoded, out _, out NodeError error));
            Assert.Equal(NodeError.PartialTooLong, error);
        }

        Assert.Equal(62, unchecked(63 + (255 * 16_843_009)));
    }

    [Theory]
    [InlineData(65_535, NodeError.None)]
    [InlineData(65_536, NodeError.PartialTooLong)]
    public void TheLongestPartialKeyIsThatOfTheReferenceImplementation(int count, NodeError reason)
    {
        int rest = count - 63;
        byte[] encoded = [0x7F, .. Enumerable.Repeat((byte)0xFF, rest / 255), (byte)(rest % 255), .. new byte[(count + 1) / 2], 0x00];
        Assert.Equal(reason == NodeError.None, NodeView.TryDecode(encoded, out NodeView node, out NodeError error));
        Assert.Equal(reason, error);
        if (reason == NodeError.None) Assert.Equal(count, node.PartialCount);
    }

    private static string[] Children(NodeView node, params int[] nibbles)
    {
        string[] children = new string[nibbles.Length];
        for (int index = 0; index < nibbles.Length; index++) children[index] = TrieData.Hex(node.Child(nibbles[index]));
        return children;
    }
}
