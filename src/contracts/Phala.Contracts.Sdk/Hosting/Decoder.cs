using System.Runtime.CompilerServices;

namespace Phala.Contracts.Hosting;

/// <summary>Reads SCALE. Bytes that are not what they should be end the call.</summary>
/// <remarks>Unsafe: numbers are loaded at once instead of byte by byte; that they are there is checked before.</remarks>
/// <param name="bytes">The bytes.</param>
/// <param name="length">How many of them count.</param>
public sealed unsafe class Decoder(byte[] bytes, int length)
{
    private int _at;

    /// <summary>How many bytes are left.</summary>
    public int Left => length - _at;

    /// <summary>Reads a byte.</summary>
    public byte ReadByte() => bytes[Take(1)];

    /// <summary>Reads a byte.</summary>
    public sbyte ReadSByte() => (sbyte)bytes[Take(1)];

    /// <summary>Reads a truth value.</summary>
    public bool ReadBoolean()
    {
        byte value = bytes[Take(1)];
        if (value > 1) Entry.CouldNotRead();
        return value == 1;
    }

    /// <summary>Reads 16 bits.</summary>
    public ushort ReadUInt16()
    {
        int at = Take(sizeof(ushort));
        fixed (byte* place = &bytes[at]) return *(ushort*)place;
    }

    /// <summary>Reads 16 bits.</summary>
    public short ReadInt16() => (short)ReadUInt16();

    /// <summary>Reads 32 bits.</summary>
    public uint ReadUInt32()
    {
        int at = Take(sizeof(uint));
        fixed (byte* place = &bytes[at]) return *(uint*)place;
    }

    /// <summary>Reads 32 bits.</summary>
    public int ReadInt32() => (int)ReadUInt32();

    /// <summary>Reads 64 bits.</summary>
    public ulong ReadUInt64()
    {
        int at = Take(sizeof(ulong));
        fixed (byte* place = &bytes[at]) return *(ulong*)place;
    }

    /// <summary>Reads 64 bits.</summary>
    public long ReadInt64() => (long)ReadUInt64();

    /// <summary>Reads 128 bits.</summary>
    public UInt128 ReadUInt128()
    {
        ulong low = ReadUInt64();
        return new UInt128(ReadUInt64(), low);
    }

    /// <summary>Reads 128 bits.</summary>
    public Int128 ReadInt128() => (Int128)ReadUInt128();

    /// <summary>Reads 32 bytes.</summary>
    public AccountId ReadAccountId()
    {
        int at = Take(AccountId.Size);
        fixed (byte* place = &bytes[at]) return *(AccountId*)place;
    }

    /// <summary>Reads 32 bytes.</summary>
    public Hash ReadHash()
    {
        int at = Take(Hash.Size);
        fixed (byte* place = &bytes[at]) return *(Hash*)place;
    }

    /// <summary>Reads how many elements follow.</summary>
    /// <param name="least">How many bytes each takes at least: more elements than the bytes that are left allow there are not.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int ReadCount(int least)
    {
        int count = ReadCompact();
        if (least > 0 && count > Left / least) Entry.CouldNotRead();
        return count;
    }

    /// <summary>Reads bytes with their number before them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public byte[] ReadBytes() => ReadRaw(ReadCount(1));

    /// <summary>Reads bytes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public byte[] ReadRaw(int count)
    {
        int at = Take(count);
        byte[] value = new byte[count];
        Bytes.Copy(bytes, at, value, 0, count);
        return value;
    }

    /// <summary>Reads text in UTF-8 with its length before it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public string ReadString()
    {
        int count = ReadCount(1);
        string? value = Utf8.Read(bytes, Take(count), count);
        if (value is null) Entry.CouldNotRead();
        return value!;
    }

    // Only shortest forms: what is sent has one encoding.
    private int ReadCompact()
    {
        int first = ReadByte();
        switch (first & 3)
        {
            case 0:
                return first >> 2;
            case 1:
                return AtLeast(1 << 6, (first >> 2) | (ReadByte() << 6));
            case 2:
                return AtLeast(1 << 14, (first >> 2) | (ReadByte() << 6) | (ReadByte() << 14) | (ReadByte() << 22));
            default:
                Entry.CouldNotRead();
                return 0;
        }
    }

    private static int AtLeast(int least, int value)
    {
        if (value < least) Entry.CouldNotRead();
        return value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Take(int count)
    {
        if (count > length - _at) Entry.CouldNotRead();
        int at = _at;
        _at = at + count;
        return at;
    }
}
