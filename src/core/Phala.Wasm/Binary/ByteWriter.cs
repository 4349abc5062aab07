using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Phala.Wasm.Binary;

/// <summary>Writes the primitives of the binary format, integers in their shortest encoding (specification 5.2).</summary>
public sealed class ByteWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>What was written so far.</summary>
    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    /// <summary>Writes one byte.</summary>
    public void WriteByte(byte value) => WriteBytes([value]);

    /// <summary>Writes bytes as they are.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);

    /// <summary>Writes an unsigned integer.</summary>
    public void WriteUnsigned(ulong value)
    {
        for (; value >= 0x80; value >>= 7) WriteByte((byte)(value | 0x80));
        WriteByte((byte)value);
    }

    /// <summary>Writes a signed integer.</summary>
    public void WriteSigned(long value)
    {
        for (; value is < -0x40 or > 0x3F; value >>= 7) WriteByte((byte)(value | 0x80));
        WriteByte((byte)(value & 0x7F));
    }

    /// <summary>Writes four bytes, lowest first.</summary>
    public void WriteFixed32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.GetSpan(4), value);
        _buffer.Advance(4);
    }

    /// <summary>Writes eight bytes, lowest first.</summary>
    public void WriteFixed64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
    }

    /// <summary>Writes bytes behind their number.</summary>
    public void WriteBlob(ReadOnlySpan<byte> bytes)
    {
        WriteUnsigned((uint)bytes.Length);
        WriteBytes(bytes);
    }

    /// <summary>Writes a name.</summary>
    public void WriteName(string name) => WriteBlob(Encoding.UTF8.GetBytes(name));
}
