using Phala.Codec;

namespace Phala.Worker.Contracts;

/// <summary>Keys by content, hashed at once and with a secret of the process: a key may be long, and is a contract's choice.</summary>
internal sealed class KeyComparer : IEqualityComparer<Vec<byte>>
{
    /// <summary>The only one.</summary>
    public static KeyComparer Instance { get; } = new();

    /// <inheritdoc/>
    public bool Equals(Vec<byte> x, Vec<byte> y) => x.AsSpan().SequenceEqual(y.AsSpan());

    /// <inheritdoc/>
    public int GetHashCode(Vec<byte> obj) => FixedBytes.HashCode(obj.AsSpan());
}
