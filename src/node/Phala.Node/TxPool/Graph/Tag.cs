using Phala.Codec;

namespace Phala.Node.TxPool.Graph;

/// <summary>Bytes that a transaction provides or requires, with their hash code: a tag is looked up several times.</summary>
internal readonly struct Tag : IEquatable<Tag>
{
    private readonly Vec<byte> _bytes;
    private readonly int _code;

    public Tag(Vec<byte> bytes)
    {
        // Seeded by the process: strangers choose tags and must not be able to make them collide.
        HashCode code = default;
        code.AddBytes(bytes.AsSpan());
        (_bytes, _code) = (bytes, code.ToHashCode());
    }

    public bool Equals(Tag other) => _code == other._code && _bytes.AsSpan().SequenceEqual(other._bytes.AsSpan());

    public override bool Equals(object? obj) => obj is Tag other && Equals(other);

    public override int GetHashCode() => _code;
}
