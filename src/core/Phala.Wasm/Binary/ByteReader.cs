using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Phala.Wasm.Binary;

/// <summary>
/// Reads the primitives of the binary format (specification 5.2) from a span. The first error sticks: afterwards every read gives zero
/// and <see cref="Error"/> keeps its value, so that a caller checks once per item.
/// </summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public ModuleError Error { get; private set; }

    public readonly bool Failed => Error != ModuleError.None;

    public readonly bool AtEnd => Position == _bytes.Length;

    public readonly int Remaining => _bytes.Length - Position;

    /// <summary>Records an error unless there is one already.</summary>
    public void Fail(ModuleError error)
    {
        if (Error == ModuleError.None) Error = error;
    }

    public byte ReadByte()
    {
        if (Failed) return 0;
        if (Position < _bytes.Length) return _bytes[Position++];
        Fail(ModuleError.UnexpectedEnd);
        return 0;
    }

    /// <summary>The next byte without moving on, or -1 at the end.</summary>
    public readonly int Peek() => Position < _bytes.Length ? _bytes[Position] : -1;

    public ReadOnlySpan<byte> ReadBytes(uint count)
    {
        if (Failed) return default;
        if (count > (uint)Remaining)
        {
            Fail(ModuleError.UnexpectedEnd);
            return default;
        }

        ReadOnlySpan<byte> span = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return span;
    }

    public uint ReadFixed32()
    {
        ReadOnlySpan<byte> span = ReadBytes(4);
        return Failed ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(span);
    }

    public ulong ReadFixed64()
    {
        ReadOnlySpan<byte> span = ReadBytes(8);
        return Failed ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(span);
    }

    public uint ReadU32()
    {
        if (Position < _bytes.Length && _bytes[Position] < 0x80 && !Failed) return _bytes[Position++];
        return (uint)ReadLeb(32, signed: false);
    }

    public int ReadS32() => (int)ReadLeb(32, signed: true);

    /// <summary>A block type: a type's index, or a negative number.</summary>
    public long ReadS33() => ReadLeb(33, signed: true);

    public long ReadS64() => ReadLeb(64, signed: true);

    /// <summary>A count of items that each take at least one byte, so that it cannot exceed the bytes that are left.</summary>
    public int ReadCount(int limit, ModuleError overLimit)
    {
        uint count = ReadU32();
        if (count > (uint)Remaining) Fail(ModuleError.UnexpectedEnd);
        if (count > (uint)limit) Fail(overLimit);
        return Failed ? 0 : (int)count;
    }

    public string ReadName(int limit)
    {
        ReadOnlySpan<byte> name = ReadBytes(ReadU32());
        if (name.Length > limit) Fail(ModuleError.NameTooLong);
        if (!Utf8.IsValid(name)) Fail(ModuleError.BadName);
        return Failed ? "" : Encoding.UTF8.GetString(name);
    }

    private long ReadLeb(int width, bool signed)
    {
        long value = 0;
        int last = (width - 1) / 7;
        for (int at = 0; ; at++)
        {
            byte part = ReadByte();
            if (Failed) return 0;
            value |= (long)(part & 0x7F) << (7 * at);
            if (at == last && !CheckLast(part, width - (7 * at), signed)) return 0;
            if ((part & 0x80) != 0) continue;

            int read = 7 * (at + 1);
            return signed && (part & 0x40) != 0 && read < 64 ? value | (-1L << read) : value;
        }
    }

    /// <summary>The last possible byte: nothing may follow it, and its bits beyond the type must extend the sign (5.2.2).</summary>
    private bool CheckLast(byte part, int bits, bool signed)
    {
        if ((part & 0x80) != 0)
        {
            Fail(ModuleError.IntegerTooLong);
            return false;
        }

        int unused = signed ? (sbyte)(part << 1) >> bits : part >> bits;
        if (unused == 0 || (signed && unused == -1)) return true;
        Fail(ModuleError.IntegerTooLarge);
        return false;
    }
}
