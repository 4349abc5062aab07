using Phala.Chain;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Fuzz.Targets.Codec.Samples;
using Phala.Testing;
using Phala.Trie;

namespace Phala.Fuzz.Targets.Codec;

/// <summary>The decoders of Phala.Codec.</summary>
public static class CodecTargets
{
    private const int CorpusSize = 40, DeepLattice = ScaleReader.DefaultMaxDepth + 10;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new DecodeTarget<CompactU128Codec, UInt128>(
            "scale-compact-u128", SampleValues.Many(1, CorpusSize, values => (UInt128)values.Number(128)), outer: 0,
            ScaleError.UnexpectedEnd, ScaleError.NonMinimalCompact, ScaleError.CompactOverflow, ScaleError.TrailingBytes),
        new DecodeTarget<Compacts, Compacts>(
            "scale-compacts", SampleValues.Many(2, CorpusSize, values => values.Compacts()), outer: 1,
            ScaleError.UnexpectedEnd, ScaleError.NonMinimalCompact, ScaleError.CompactOverflow, ScaleError.TrailingBytes),
        new DecodeTarget<Integers, Integers>(
            "scale-integers", SampleValues.Many(3, CorpusSize, values => values.Integers()), outer: 1,
            ScaleError.UnexpectedEnd, ScaleError.InvalidBool, ScaleError.UnknownVariant, ScaleError.TrailingBytes),
        new DecodeTarget<Header, Header>(
            "scale-header", SampleValues.Many(4, CorpusSize, values => values.Header()), outer: Hash256.Size,
            ScaleError.UnexpectedEnd, ScaleError.NonMinimalCompact, ScaleError.CompactOverflow, ScaleError.UnknownVariant,
            ScaleError.LengthExceedsInput, ScaleError.TrailingBytes),
        new DecodeTarget<Everything, Everything>(
            "scale-everything", SampleValues.Many(5, CorpusSize, values => values.Everything()), outer: 64,
            ScaleError.UnexpectedEnd, ScaleError.NonMinimalCompact, ScaleError.CompactOverflow, ScaleError.InvalidBool, ScaleError.InvalidOption,
            ScaleError.InvalidResult, ScaleError.UnknownVariant, ScaleError.InvalidUtf8, ScaleError.LengthExceedsInput, ScaleError.TooManyElements,
            ScaleError.TrailingBytes),
        new DecodeTarget<Tree, Tree>(
            "scale-tree", [.. SampleValues.Many(6, CorpusSize, values => values.Tree(5)), Chain(ScaleReader.DefaultMaxDepth), Chain(ScaleReader.DefaultMaxDepth + 40), Chain(ScaleReader.DefaultMaxDepth + 50)], outer: 1,
            ScaleError.UnexpectedEnd, ScaleError.NonMinimalCompact, ScaleError.CompactOverflow, ScaleError.UnknownVariant, ScaleError.InvalidOption,
            ScaleError.LengthExceedsInput, ScaleError.NestingTooDeep, ScaleError.TrailingBytes),
        new DecodeTarget<Lattice, Lattice>(
            "scale-lattice", [.. SampleValues.Many(10, CorpusSize, values => values.Lattice(4)), Branches(DeepLattice), Branches(DeepLattice + 3)], outer: 1,
            ScaleError.UnexpectedEnd, ScaleError.UnknownVariant, ScaleError.InvalidOption, ScaleError.InvalidResult, ScaleError.NestingTooDeep,
            ScaleError.TrailingBytes),
        new DecodeTarget<Collections, Collections>(
            "scale-collections", SampleValues.Many(7, CorpusSize, values => values.Collections()), outer: 1,
            ScaleError.UnexpectedEnd, ScaleError.NonMinimalCompact, ScaleError.CompactOverflow, ScaleError.UnknownVariant, ScaleError.InvalidUtf8,
            ScaleError.LengthExceedsInput, ScaleError.NotSorted, ScaleError.DuplicateKey, ScaleError.TrailingBytes),
        new DecodeTarget<Bits, Bits>(
            "scale-bits", SampleValues.Many(8, CorpusSize, values => values.Bits()), outer: 1,
            ScaleError.UnexpectedEnd, ScaleError.NonMinimalCompact, ScaleError.CompactOverflow, ScaleError.LengthExceedsInput,
            ScaleError.NonZeroPadding, ScaleError.TrailingBytes),
        new DecodeTarget<Texts, Texts>(
            "scale-texts", SampleValues.Many(9, CorpusSize, values => values.Texts()), outer: 1,
            ScaleError.UnexpectedEnd, ScaleError.NonMinimalCompact, ScaleError.CompactOverflow, ScaleError.InvalidOption, ScaleError.InvalidUtf8,
            ScaleError.InvalidChar, ScaleError.LengthExceedsInput, ScaleError.TrailingBytes),
        new BitSequenceBytesTarget(),
        new HexTarget(),
        new NumberTextTarget("uint256-text", UInt256.Zero, UInt256.MaxValue, text => UInt256.TryParse(text, out UInt256 number) ? number : null),
        new NumberTextTarget("int256-text", Int256.MinValue, Int256.MaxValue, text => Int256.TryParse(text, out Int256 number) ? number : null),
    ];

    /// <summary>So many lattices, each the last part of the one before.</summary>
    private static Lattice Branches(int length)
    {
        Lattice lattice = new Lattice.Leaf();
        for (int at = 1; at < length; at++)
        {
            lattice = new Lattice.Branch(new Link(Result<Link, Lattice>.Err(new Lattice.Leaf())), (0, lattice));
        }

        return lattice;
    }

    /// <summary>So many trees, each the only child of the one before.</summary>
    private static Tree Chain(int length)
    {
        Tree tree = new Tree.Empty();
        for (int at = 1; at < length; at++) tree = new Tree.Node([tree]);
        return tree;
    }
}
