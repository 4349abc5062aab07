using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Phala.Codec;

/// <summary>
/// Writes SCALE into the caller's span, into an <see cref="IBufferWriter{T}"/>, or into a buffer of the shared pool that grows.
/// </summary>
/// <remarks>
/// Into a span whose length comes from <c>EncodedLength</c> nothing is allocated; writing past its end is a bug of the caller and throws. A writer over an
/// <see cref="IBufferWriter{T}"/> hands its last bytes over, and a pooled one gives its buffer back, in <see cref="Dispose"/>.
/// </remarks>
public ref struct ScaleWriter
{
    private const int LeastGrowth = 256;

    private readonly IBufferWriter<byte>? _output;
    private readonly bool _isPooled;
    private byte[]? _rented;
    private Span<byte> _buffer;
    private Span<byte> _free;
    private int _handedOver;

    /// <summary>Writes into a span, which must be long enough.</summary>
    public ScaleWriter(Span<byte> buffer)
    {
        _buffer = buffer;
        _free = buffer;
    }

    /// <summary>Writes into a buffer writer; <see cref="Dispose"/> hands the last bytes over.</summary>
    public ScaleWriter(IBufferWriter<byte> output)
    {
        _output = output;
        _buffer = output.GetSpan();
        _free = _buffer;
    }

    private ScaleWriter(int capacity)
    {
        _isPooled = true;
        _rented = ArrayPool<byte>.Shared.Rent(capacity);
        _buffer = _rented;
        _free = _buffer;
    }

    /// <summary>Writes into a buffer of the shared pool, which grows as needed; <see cref="Dispose"/> gives it back.</summary>
    /// <param name="capacity">How many bytes are expected.</param>
    public static ScaleWriter Pooled(int capacity = LeastGrowth) => new(capacity);

    /// <summary>How many bytes were written.</summary>
    public readonly int Length => _handedOver + _buffer.Length - _free.Length;

    /// <summary>What was written; over a buffer writer, only what has not been handed over yet.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer[..(_buffer.Length - _free.Length)];

    /// <summary>Hands the last bytes over to the buffer writer, or gives the pooled buffer back. What was <see cref="Written"/> is gone.</summary>
    public void Dispose()
    {
        _output?.Advance(_buffer.Length - _free.Length);
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
        _rented = null;
        _buffer = default;
        _free = default;
    }

    /// <summary>Takes the next bytes, for the caller to fill.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Take(int length)
    {
        if ((uint)length > (uint)_free.Length) Grow(length);
        Span<byte> free = _free;
        _free = free[length..];
        return free[..length];
    }

    /// <summary>Writes one byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteByte(byte value) => Take(1)[0] = value;

    /// <summary>Writes a signed byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteSByte(sbyte value) => Take(1)[0] = unchecked((byte)value);

    /// <summary>Writes 2 bytes, least significant first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(sizeof(ushort)), value);

    /// <summary>Writes a signed integer of 2 bytes, least significant first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteInt16(short value) => BinaryPrimitives.WriteInt16LittleEndian(Take(sizeof(short)), value);

    /// <summary>Writes 4 bytes, least significant first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(sizeof(uint)), value);

    /// <summary>Writes a signed integer of 4 bytes, least significant first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(sizeof(int)), value);

    /// <summary>Writes 8 bytes, least significant first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(sizeof(ulong)), value);

    /// <summary>Writes a signed integer of 8 bytes, least significant first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);

    /// <summary>Writes 16 bytes, least significant first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUInt128(UInt128 value) => BinaryPrimitives.WriteUInt128LittleEndian(Take(16), value);

    /// <summary>Writes a signed integer of 16 bytes, least significant first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteInt128(Int128 value) => BinaryPrimitives.WriteInt128LittleEndian(Take(16), value);

    /// <summary>Writes 32 bytes, least significant first.</summary>
    public void WriteUInt256(UInt256 value) => value.WriteLittleEndian(Take(UInt256.Size));

    /// <summary>Writes a signed integer of 32 bytes, least significant first.</summary>
    public void WriteInt256(Int256 value) => value.Bits.WriteLittleEndian(Take(UInt256.Size));

    /// <summary>Writes a boolean as 0 or 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteBool(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    /// <summary>Writes a Unicode scalar value, 4 bytes, least significant first.</summary>
    public void WriteRune(Rune value) => WriteUInt32((uint)value.Value);

    /// <summary>Writes bytes as they are, without a length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteSpan(scoped ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary>Writes the number of elements of a sequence.</summary>
    public void WriteLength(int count) => WriteCompact((uint)count);

    /// <summary>Writes a sequence of bytes: compact length, then the bytes.</summary>
    public void WriteByteSequence(scoped ReadOnlySpan<byte> bytes)
    {
        WriteLength(bytes.Length);
        WriteSpan(bytes);
    }

    /// <summary>Writes a string: compact length in bytes, then UTF-8. An unpaired surrogate is written as U+FFFD.</summary>
    public void WriteString(string value)
    {
        int length = Encoding.UTF8.GetByteCount(value);
        WriteLength(length);
        Encoding.UTF8.GetBytes(value, Take(length));
    }

    /// <summary>Writes a compact integer in its shortest form.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteCompact(uint value)
    {
        if (value < CompactForm.TwoByteStart) WriteByte((byte)(value << CompactForm.ModeBits));
        else WriteLongCompact(value);
    }

    /// <summary>Writes a compact integer in its shortest form.</summary>
    public void WriteCompact(ulong value)
    {
        if (value < CompactForm.ManyByteStart)
        {
            WriteCompact((uint)value);
            return;
        }

        int following = Math.Max(CompactForm.LeastFollowing, (71 - BitOperations.LeadingZeroCount(value)) / 8);
        Span<byte> bytes = Take(1 + following);
        bytes[0] = FirstOfMany(following);
        for (int at = 1; at < bytes.Length; at++, value >>= 8) bytes[at] = (byte)value;
    }

    /// <summary>Writes a compact integer in its shortest form.</summary>
    public void WriteCompact(UInt128 value)
    {
        if (value <= ulong.MaxValue) WriteCompact((ulong)value);
        else WriteWideCompact(value);
    }

    /// <summary>Writes a compact integer in its shortest form.</summary>
    public void WriteCompact(UInt256 value)
    {
        if (value <= ulong.MaxValue) WriteCompact((ulong)value);
        else WriteWideCompact(value);
    }

    /// <summary>How many bytes <see cref="WriteCompact(uint)"/> writes.</summary>
    public static int CompactLength(uint value) =>
        value < CompactForm.TwoByteStart ? 1 : value < CompactForm.FourByteStart ? 2 : value < CompactForm.ManyByteStart ? 4 : 5;

    /// <summary>How many bytes <see cref="WriteCompact(ulong)"/> writes.</summary>
    public static int CompactLength(ulong value) =>
        value <= uint.MaxValue ? CompactLength((uint)value) : 1 + (71 - BitOperations.LeadingZeroCount(value)) / 8;

    /// <summary>How many bytes <see cref="WriteCompact(UInt128)"/> writes.</summary>
    public static int CompactLength(UInt128 value) =>
        value <= ulong.MaxValue ? CompactLength((ulong)value) : 1 + (135 - (int)UInt128.LeadingZeroCount(value)) / 8;

    /// <summary>How many bytes <see cref="WriteCompact(UInt256)"/> writes.</summary>
    public static int CompactLength(UInt256 value) =>
        value <= ulong.MaxValue ? CompactLength((ulong)value) : 1 + (value.BitLength + 7) / 8;

    private void WriteLongCompact(uint value)
    {
        if (value < CompactForm.FourByteStart)
        {
            WriteUInt16((ushort)((value << CompactForm.ModeBits) | CompactForm.TwoBytes));
        }
        else if (value < CompactForm.ManyByteStart)
        {
            WriteUInt32((value << CompactForm.ModeBits) | CompactForm.FourBytes);
        }
        else
        {
            WriteByte(FirstOfMany(sizeof(uint)));
            WriteUInt32(value);
        }
    }

    private void WriteWideCompact(UInt256 value)
    {
        int following = (value.BitLength + 7) / 8;
        Span<byte> padded = stackalloc byte[UInt256.Size];
        value.WriteLittleEndian(padded);
        WriteByte(FirstOfMany(following));
        WriteSpan(padded[..following]);
    }

    private static byte FirstOfMany(int following) => (byte)(((following - CompactForm.LeastFollowing) << CompactForm.ModeBits) | CompactForm.ManyBytes);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int length)
    {
        int written = _buffer.Length - _free.Length;
        if (_output is not null)
        {
            _output.Advance(written);
            _handedOver += written;
            _buffer = _output.GetSpan(Math.Max(length, LeastGrowth));
            _free = _buffer;
        }
        else if (_isPooled)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(checked(Math.Max(written + length, written * 2)));
            Written.CopyTo(larger);
            if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
            _rented = larger;
            _buffer = larger;
            _free = larger.AsSpan(written);
        }
        else
        {
            throw new InvalidOperationException($"The span of {_buffer.Length} bytes has no room for {length} more after {written}.");
        }
    }
}
