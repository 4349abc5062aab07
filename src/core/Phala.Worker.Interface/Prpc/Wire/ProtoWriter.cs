using System.Buffers;
using System.Text;

namespace Phala.Worker.Interface.Prpc.Wire;

/// <summary>Writes protobuf's binary encoding.</summary>
public sealed class ProtoWriter
{
    private readonly ArrayBufferWriter<byte> _output = new();

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _output.WrittenSpan;

    /// <summary>Writes a field's number and wire type.</summary>
    public void WriteTag(int number, ProtoWireType type) => WriteVarint(((ulong)(uint)number << 3) | (ulong)type);

    /// <summary>Writes a number.</summary>
    public void WriteVarint(ulong value)
    {
        Span<byte> span = _output.GetSpan(10);
        int length = 0;
        for (; value >= 0x80; value >>= 7) span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        _output.Advance(length);
    }

    /// <summary>Writes a length and the bytes.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        WriteVarint((ulong)bytes.Length);
        _output.Write(bytes);
    }

    /// <summary>Writes a text.</summary>
    public void WriteText(string text) => WriteBytes(Encoding.UTF8.GetBytes(text));
}
