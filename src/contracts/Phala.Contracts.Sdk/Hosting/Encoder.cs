using System.Runtime.CompilerServices;

namespace Phala.Contracts.Hosting;

/// <summary>Writes SCALE to bytes that grow.</summary>
/// <remarks>Unsafe: numbers are stored at once instead of byte by byte; the room for each is taken, and checked, before.</remarks>
/// <param name="room">For how many bytes there is room before the first growth.</param>
public sealed unsafe class Encoder(int room)
{
    private byte[] _bytes = new byte[room];

    /// <summary>How many bytes were written.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes, with room after <see cref="Length"/>.</summary>
    internal byte[] Buffer => _bytes;

    /// <summary>Writes a byte.</summary>
    public void WriteByte(byte value)
    {
        int at = Take(1);
        _bytes[at] = value;
    }

    /// <summary>Writes a byte.</summary>
    public void WriteSByte(sbyte value) => WriteByte((byte)value);

    /// <summary>Writes a truth value.</summary>
    public void WriteBoolean(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    /// <summary>Writes 16 bits.</summary>
    public void WriteUInt16(ushort value)
    {
        int at = Take(sizeof(ushort));
        fixed (byte* place = &_bytes[at]) *(ushort*)place = value;
    }

    /// <summary>Writes 16 bits.</summary>
    public void WriteInt16(short value) => WriteUInt16((ushort)value);

    /// <summary>Writes 32 bits.</summary>
    public void WriteUInt32(uint value)
    {
        int at = Take(sizeof(uint));
        fixed (byte* place = &_bytes[at]) *(uint*)place = value;
    }

    /// <summary>Writes 32 bits.</summary>
    public void WriteInt32(int value) => WriteUInt32((uint)value);

    /// <summary>Writes 64 bits.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteUInt64(ulong value)
    {
        int at = Take(sizeof(ulong));
        fixed (byte* place = &_bytes[at]) *(ulong*)place = value;
    }

    /// <summary>Writes 64 bits.</summary>
    public void WriteInt64(long value) => WriteUInt64((ulong)value);

    /// <summary>Writes 128 bits.</summary>
    public void WriteUInt128(UInt128 value)
    {
        WriteUInt64((ulong)value);
        WriteUInt64((ulong)(value >> 64));
    }

    /// <summary>Writes 128 bits.</summary>
    public void WriteInt128(Int128 value) => WriteUInt128((UInt128)value);

    /// <summary>Writes 32 bytes.</summary>
    public void WriteAccountId(AccountId value)
    {
        int at = Take(AccountId.Size);
        fixed (byte* place = &_bytes[at]) *(AccountId*)place = value;
    }

    /// <summary>Writes 32 bytes.</summary>
    public void WriteHash(Hash value)
    {
        int at = Take(Hash.Size);
        fixed (byte* place = &_bytes[at]) *(Hash*)place = value;
    }

    /// <summary>Writes a length, or any number below 2³⁰, in as few bytes as it needs.</summary>
    public void WriteCompact(int value)
    {
        if (value < 1 << 6) WriteByte((byte)(value << 2));
        else if (value < 1 << 14) WriteUInt16((ushort)((value << 2) | 1));
        else WriteUInt32(((uint)value << 2) | 2);
    }

    /// <summary>Writes bytes with their number before them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteBytes(byte[] value)
    {
        WriteCompact(value.Length);
        WriteRaw(value, value.Length);
    }

    /// <summary>Writes bytes as they are.</summary>
    /// <param name="value">The bytes.</param>
    /// <param name="count">How many of them; no more than there are.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteRaw(byte[] value, int count)
    {
        int at = Take(count);
        Bytes.Copy(value, 0, _bytes, at, count);
    }

    /// <summary>Writes text in UTF-8 with its length before it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteString(string value)
    {
        byte[] bytes = new byte[Utf8.Most * value.Length];
        int count = Utf8.Write(value, bytes);
        WriteCompact(count);
        WriteRaw(bytes, count);
    }

    /// <summary>The bytes.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Length];
        Bytes.Copy(_bytes, 0, bytes, 0, bytes.Length);
        return bytes;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Take(int count)
    {
        int at = Length, end = at + count;
        if (end > _bytes.Length) Grow(end);
        Length = end;
        return at;
    }

    private void Grow(int needed)
    {
        int doubled = 2 * _bytes.Length;
        byte[] larger = new byte[doubled < needed ? needed : doubled];
        Bytes.Copy(_bytes, 0, larger, 0, Length);
        _bytes = larger;
    }
}
