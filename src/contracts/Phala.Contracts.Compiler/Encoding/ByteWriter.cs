using System.Text;

namespace Phala.Contracts.Compiler.Encoding;

/// <summary>Bytes of the binary format.</summary>
internal sealed class ByteWriter
{
    private readonly List<byte> _bytes = [];

    public int Length => _bytes.Count;

    public ByteWriter Byte(int value)
    {
        _bytes.Add((byte)value);
        return this;
    }

    public ByteWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public ByteWriter Unsigned(uint value)
    {
        while (value >= 0x80)
        {
            _bytes.Add((byte)(value | 0x80));
            value >>= 7;
        }

        return Byte((int)value);
    }

    public ByteWriter Signed(long value)
    {
        while (value is < -64 or > 63)
        {
            _bytes.Add((byte)(value | 0x80));
            value >>= 7;
        }

        return Byte((int)value & 0x7F);
    }

    public ByteWriter Name(string name)
    {
        byte[] bytes = UTF8Encoding.UTF8.GetBytes(name);
        return Unsigned((uint)bytes.Length).Bytes(bytes);
    }

    /// <summary>A section, if it has content.</summary>
    public void Section(int id, ByteWriter content)
    {
        if (content.Length == 0) return;
        Byte(id).Unsigned((uint)content.Length).Bytes(content.ToArray());
    }

    public byte[] ToArray() => [.. _bytes];
}
