using Phala.Trie;
using Phala.Trie.Storage;
using Xunit;

namespace Phala.Tests.Trie;

public sealed class StateDeltaTests
{
    [Fact]
    public void ADeltaDecodesToWhatWasEncodedByteForByte()
    {
        StateDelta delta = StateDelta.Create(
            TrieDelta.Create([TrieChange.Remove(new byte[] { 2 }), TrieChange.Set(Array.Empty<byte>(), new byte[] { 9 }), TrieChange.Set(new byte[] { 1, 0 }, Array.Empty<byte>())]),
            new ChildDelta([5], TrieDelta.Create([TrieChange.Set(new byte[] { 7 }, new byte[100])])),
            new ChildDelta([], TrieDelta.Create([TrieChange.Remove(new byte[] { 7 })])));
        byte[] encoded = delta.Encode();
        Assert.Equal("0c" + "00010409" + "0801000100" + "040200" + "08" + "0004040700" + "040504040701" + "9101" + new string('0', 200), TrieData.Hex(encoded));
        Assert.True(StateDelta.TryDecode(encoded, out StateDelta? decoded, out _));
        Assert.Equal(encoded, decoded.Encode());
        Assert.True(decoded.Main.Changes[2].IsRemoval);
        Assert.False(decoded.Main.Changes[1].IsRemoval);
        Assert.Equal([0, 1], decoded.Children.Select(child => child.Name.Length));
        Assert.False(decoded.IsEmpty);
        Assert.True(StateDelta.TryDecode(new byte[2], out StateDelta? empty, out _));
        Assert.True(empty.IsEmpty);
    }

    [Theory]
    [InlineData("", DeltaError.BadEncoding)]
    [InlineData("00", DeltaError.BadEncoding)]
    [InlineData("000000", DeltaError.BadEncoding)]
    [InlineData("040002", DeltaError.BadEncoding)]
    [InlineData("0400020000", DeltaError.BadEncoding)]
    [InlineData("fffffffffe0000", DeltaError.BadEncoding)]
    [InlineData("0100000000", DeltaError.BadEncoding)]
    [InlineData("080000000000", DeltaError.NotSorted)]
    [InlineData("08 0402 00 0401 00 00", DeltaError.NotSorted)]
    [InlineData("00 08 04 05 04 00 00 04 05 04 00 00", DeltaError.NotSorted)]
    [InlineData("00 04 04 05 08 04 02 00 04 01 00", DeltaError.NotSorted)]
    [InlineData("00 04 04 05 00", DeltaError.EmptyChild)]
    public void BytesThatAreNoDeltaAreRefusedForTheirReason(string hex, DeltaError reason)
    {
        Assert.False(StateDelta.TryDecode(TrieData.Bytes(hex.Replace(" ", "", StringComparison.Ordinal)), out _, out DeltaError error));
        Assert.Equal(reason, error);
    }

    [Fact]
    public void KeysBeyondTheLimitAndRootsOfChildTriesAreRefused()
    {
        string key = TrieData.Hex(ChildTries.RootKey([1]));
        Refuse("04" + "60" + key + "0000", DeltaError.ChildRootWritten);
        Refuse("04" + "0510" + new string('0', 2 * 1025) + "0000", DeltaError.KeyTooLong);
        Refuse("0004" + "a90f" + new string('0', 2 * 1002) + "040000", DeltaError.KeyTooLong);
        Refuse("000404050405100" + new string('0', (2 * 1025) - 1) + "00", DeltaError.KeyTooLong);
        Assert.True(StateDelta.TryDecode(TrieData.Bytes("04" + "0110" + new string('0', 2 * 1024) + "0000"), out _, out _));
        Assert.Throws<ArgumentException>(() => StateDelta.Create(TrieDelta.Empty, new ChildDelta([1], TrieDelta.Empty)));

        static void Refuse(string hex, DeltaError reason)
        {
            Assert.False(StateDelta.TryDecode(TrieData.Bytes(hex), out _, out DeltaError error));
            Assert.Equal(reason, error);
        }
    }
}
