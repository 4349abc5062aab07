using Phala.Codec;
using Phala.Testing;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Fuzz.Targets.Trie;

/// <summary>Bytes as a state delta. What is accepted must encode back to itself and apply. Past the outermost check is what promises no more changes than there are bytes.</summary>
public sealed class StateDeltaTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "state-delta";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } = MakeCorpus();

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<DeltaError>().Where(name => name != nameof(DeltaError.None))];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 32_768 + (400 * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        ScaleReader reader = new(input);
        bool believed = reader.TryReadLength(2, out _);
        if (!StateDelta.TryDecode(input, out StateDelta? delta, out DeltaError error)) return new FuzzOutcome(believed, error.ToString());
        if (!delta.Encode().AsSpan().SequenceEqual(input)) throw new InvalidOperationException("An accepted delta does not encode back to itself.");
        _ = StateSnapshot.Empty(StateVersion.V1).Apply(delta);
        return new FuzzOutcome(believed, null);
    }

    private static List<byte[]> MakeCorpus()
    {
        static TrieChange Change(string key, int? length) => length is { } size ? TrieChange.Set(Convert.FromHexString(key), new byte[size]) : TrieChange.Remove(Convert.FromHexString(key));
        TrieDelta main = TrieDelta.Create([Change("", 3), Change("01", null), Change("0102", 40), Change("ff", 0)]);
        TrieDelta long1 = TrieDelta.Create([Change(new string('1', 2 * MerkleTrie.MaxKeyLength), 1)]);
        byte[] rootKey = ChildTries.RootKey([7]);
        byte[] forged = [4, (byte)(rootKey.Length << 2), .. rootKey, 1, 4, 9, 0];
        return
        [
            StateDelta.Create(main).Encode(),
            StateDelta.Create(main, new ChildDelta([1], main), new ChildDelta([2, 3], main)).Encode(),
            StateDelta.Create(TrieDelta.Empty, new ChildDelta([], main)).Encode(),
            StateDelta.Create(long1).Encode(),
            [4, 0x05, 0x10, .. new byte[MerkleTrie.MaxKeyLength + 1], 0, 0],
            forged,
            [0, 4, 4, 5, 0],
            [0, 0],
        ];
    }
}
