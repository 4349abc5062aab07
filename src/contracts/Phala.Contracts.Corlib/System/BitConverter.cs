using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace System;

/// <summary>Integers as bytes, the least significant first.</summary>
public static class BitConverter
{
    public static readonly bool IsLittleEndian = true;

    public static byte[] GetBytes(int value) => Bytes(value);

    public static byte[] GetBytes(uint value) => Bytes(value);

    public static byte[] GetBytes(long value) => Bytes(value);

    public static byte[] GetBytes(ulong value) => Bytes(value);

    public static byte[] GetBytes(short value) => Bytes(value);

    public static byte[] GetBytes(ushort value) => Bytes(value);

    public static int ToInt32(byte[] value, int startIndex) => MemoryMarshal.Read<int>(new ReadOnlySpan<byte>(value).Slice(startIndex));

    public static uint ToUInt32(byte[] value, int startIndex) => MemoryMarshal.Read<uint>(new ReadOnlySpan<byte>(value).Slice(startIndex));

    public static long ToInt64(byte[] value, int startIndex) => MemoryMarshal.Read<long>(new ReadOnlySpan<byte>(value).Slice(startIndex));

    public static ulong ToUInt64(byte[] value, int startIndex) => MemoryMarshal.Read<ulong>(new ReadOnlySpan<byte>(value).Slice(startIndex));

    public static int ToInt32(ReadOnlySpan<byte> value) => MemoryMarshal.Read<int>(value);

    public static ulong ToUInt64(ReadOnlySpan<byte> value) => MemoryMarshal.Read<ulong>(value);

    private static byte[] Bytes<T>(T value)
        where T : struct
    {
        byte[] made = new byte[Unsafe.SizeOf<T>()];
        MemoryMarshal.Write(made, value);
        return made;
    }
}
