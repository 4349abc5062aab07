using System.Collections.Immutable;
using Phala.Chain;
using Phala.Codec;

namespace Phala.Fuzz.Targets.Codec.Samples;

/// <summary>Records, sequences, options, results and tuples, nested in one another.</summary>
[Scale]
public sealed partial record Everything
{
    /// <summary>The numbers.</summary>
    public Integers Integers { get; init; }

    /// <summary>A fixed number of elements that are not bytes.</summary>
    [Length(3)]
    public ushort[] Three { get; init; } = [];

    /// <summary>A fixed number of bytes.</summary>
    [Length(5)]
    public byte[] Five { get; init; } = [];

    /// <summary>Any number of elements.</summary>
    public uint[] Many { get; init; } = [];

    /// <summary>Sequences in a sequence.</summary>
    public ImmutableArray<Vec<byte>> Blobs { get; init; } = [];

    /// <summary>An option in an option.</summary>
    public Option<bool?> Maybe { get; init; }

    /// <summary>A value or an error.</summary>
    public Result<uint, Mode> Outcome { get; init; }

    /// <summary>A tuple in a tuple.</summary>
    public (byte First, (bool, string) Others) Tuple { get; init; }

    /// <summary>A generic type.</summary>
    public Pair<Header, Compacts> Pair { get; init; }

    /// <summary>Elements that take no bytes.</summary>
    public Vec<Unit> Nothings { get; init; }

    /// <summary>The header before, if there is one.</summary>
    public Header? Previous { get; init; }

    /// <summary>One of several digest items, if any.</summary>
    public DigestItem? Item { get; init; }
}
