using System.Buffers;
using Phala.Node.Network.Framing;

namespace Phala.Node.Network.Messages;

/// <summary>Writes a protocol buffer.</summary>
internal sealed class ProtobufWriter
{
    private readonly ArrayBufferWriter<byte> _output = new();

    /// <summary>How long the message is so far.</summary>
    public int Length => _output.WrittenCount;

    /// <summary>The message so far.</summary>
    public ReadOnlySpan<byte> Written => _output.WrittenSpan;

    /// <summary>Writes a number.</summary>
    public ProtobufWriter Number(int field, ulong value)
    {
        Tag(field, WireType.Varint);
        Varint(value);
        return this;
    }

    /// <summary>Writes bytes, or a message within.</summary>
    public ProtobufWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, WireType.Bytes);
        Varint((ulong)value.Length);
        _output.Write(value);
        return this;
    }

    /// <summary>A copy of the message.</summary>
    public byte[] ToArray() => _output.WrittenSpan.ToArray();

    private void Tag(int field, WireType type) => Varint(((ulong)field << 3) | (ulong)type);

    private void Varint(ulong value) => _output.Advance(Framing.Varint.Write(value, _output.GetSpan(Framing.Varint.MaxLength)));
}
