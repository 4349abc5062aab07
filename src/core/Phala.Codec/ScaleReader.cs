using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Phala.Codec;

/// <summary>
/// Reads SCALE from a span, front to back, without copying it.
/// </summary>
/// <remarks>
/// <para>
/// <b>Total.</b> Any bytes give a value or an error; nothing throws. The first error sticks: it takes the rest of the input away, so every later read of
/// a byte fails too, and <see cref="Error"/> and <see cref="ErrorPosition"/> keep what went wrong first. A decoder may therefore test only its last read.
/// </para>
/// <para>
/// <b>Bounded memory.</b> A length prefix is believed only as far as the input can honour it: <see cref="TryReadLength"/> refuses a count of elements whose
/// least encodings do not fit into what is left, <em>less what the elements still missing in enclosing sequences need</em> (<see cref="Claim"/>). So all
/// sequences of one input together hold at most (input bytes / least encoded length of an element) elements, at whatever nesting, and the memory taken per input byte
/// is at most the largest ratio, over the element types, of size in memory to least encoded length: 2 for strings, 32 for a union with
/// a case without fields (a reference of 8 bytes and an object of 24). Elements of zero encoded length have a cap of their own.
/// </para>
/// <para><b>Bounded stack.</b> Types that contain themselves count their depth with <see cref="TryEnter"/>.</para>
/// </remarks>
public ref struct ScaleReader
{
    /// <summary>The nesting of recursive types that a reader allows unless told otherwise.</summary>
    public const int DefaultMaxDepth = 256;

    /// <summary>The most elements of zero encoded length that one input may promise, in all its sequences together.</summary>
    public const int MaxZeroLengthElements = 4096;

    private readonly int _length;
    private ReadOnlySpan<byte> _rest;
    private int _claimed;
    private int _depthLeft;
    private int _zeroLengthLeft;
    private int _errorPosition;
    private ScaleError _error;

    /// <summary>Starts at the first byte of the input.</summary>
    /// <param name="input">The bytes to read.</param>
    /// <param name="maxDepth">How deep values of recursive types may be nested.</param>
    public ScaleReader(ReadOnlySpan<byte> input, int maxDepth = DefaultMaxDepth)
    {
        _length = input.Length;
        _rest = input;
        _depthLeft = maxDepth;
        _zeroLengthLeft = MaxZeroLengthElements;
    }

    /// <summary>The first error, or <see cref="ScaleError.None"/>.</summary>
    public readonly ScaleError Error => _error;

    /// <summary>The offset in the input of the item that was wrong; 0 while nothing was.</summary>
    public readonly int ErrorPosition => _errorPosition;

    /// <summary>The offset of the next byte; after an error, the offset of the error.</summary>
    public readonly int Position => _error == ScaleError.None ? _length - _rest.Length : _errorPosition;

    /// <summary>What has not been read yet; nothing after an error.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Records an error at the present position, unless one is recorded already. For decoders of own types.</summary>
    /// <returns>Always false, so that a decoder can return it.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Fail(ScaleError error) => FailAt(error, _length - _rest.Length);

    /// <summary>Records an error at an earlier position, unless one is recorded already.</summary>
    /// <returns>Always false, so that a decoder can return it.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool FailAt(ScaleError error, int position)
    {
        if (_error == ScaleError.None)
        {
            _error = error;
            _errorPosition = position;
        }

        _rest = default;
        return false;
    }

    /// <summary>True where nothing went wrong and nothing is left; records <see cref="ScaleError.TrailingBytes"/> where something is left.</summary>
    public bool TryFinish()
    {
        if (_error != ScaleError.None) return false;
        return _rest.IsEmpty || Fail(ScaleError.TrailingBytes);
    }

    /// <summary>Enters a value of a recursive type.</summary>
    /// <returns>False, with <see cref="ScaleError.NestingTooDeep"/>, where the allowed depth is used up.</returns>
    public bool TryEnter()
    {
        if (_depthLeft <= 0) return Fail(ScaleError.NestingTooDeep);
        _depthLeft--;
        return true;
    }

    /// <summary>Leaves a value of a recursive type. Need not be called after an error.</summary>
    public void Leave() => _depthLeft++;

    /// <summary>Takes exactly <paramref name="length"/> bytes, without copying them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadSpan(int length, out ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> rest = _rest;
        if ((uint)length > (uint)rest.Length)
        {
            bytes = default;
            return Fail(ScaleError.UnexpectedEnd);
        }

        bytes = rest[..length];
        _rest = rest[length..];
        return true;
    }

    /// <summary>Reads one byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadByte(out byte value)
    {
        ReadOnlySpan<byte> rest = _rest;
        if (rest.IsEmpty)
        {
            value = 0;
            return Fail(ScaleError.UnexpectedEnd);
        }

        value = rest[0];
        _rest = rest[1..];
        return true;
    }

    /// <summary>Reads a signed byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadSByte(out sbyte value)
    {
        bool read = TryReadByte(out byte bits);
        value = unchecked((sbyte)bits);
        return read;
    }

    /// <summary>Reads 2 bytes, least significant first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadUInt16(out ushort value)
    {
        bool read = TryReadSpan(sizeof(ushort), out ReadOnlySpan<byte> bytes);
        value = read ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : default;
        return read;
    }

    /// <summary>Reads a signed integer of 2 bytes, least significant first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadInt16(out short value)
    {
        bool read = TryReadUInt16(out ushort bits);
        value = unchecked((short)bits);
        return read;
    }

    /// <summary>Reads 4 bytes, least significant first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadUInt32(out uint value)
    {
        bool read = TryReadSpan(sizeof(uint), out ReadOnlySpan<byte> bytes);
        value = read ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : default;
        return read;
    }

    /// <summary>Reads a signed integer of 4 bytes, least significant first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadInt32(out int value)
    {
        bool read = TryReadUInt32(out uint bits);
        value = unchecked((int)bits);
        return read;
    }

    /// <summary>Reads 8 bytes, least significant first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadUInt64(out ulong value)
    {
        bool read = TryReadSpan(sizeof(ulong), out ReadOnlySpan<byte> bytes);
        value = read ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : default;
        return read;
    }

    /// <summary>Reads a signed integer of 8 bytes, least significant first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadInt64(out long value)
    {
        bool read = TryReadUInt64(out ulong bits);
        value = unchecked((long)bits);
        return read;
    }

    /// <summary>Reads 16 bytes, least significant first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadUInt128(out UInt128 value)
    {
        bool read = TryReadSpan(16, out ReadOnlySpan<byte> bytes);
        value = read ? BinaryPrimitives.ReadUInt128LittleEndian(bytes) : default;
        return read;
    }

    /// <summary>Reads a signed integer of 16 bytes, least significant first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadInt128(out Int128 value)
    {
        bool read = TryReadUInt128(out UInt128 bits);
        value = unchecked((Int128)bits);
        return read;
    }

    /// <summary>Reads 32 bytes, least significant first.</summary>
    public bool TryReadUInt256(out UInt256 value)
    {
        bool read = TryReadSpan(UInt256.Size, out ReadOnlySpan<byte> bytes);
        value = read ? UInt256.FromLittleEndian(bytes) : default;
        return read;
    }

    /// <summary>Reads a signed integer of 32 bytes, least significant first.</summary>
    public bool TryReadInt256(out Int256 value)
    {
        bool read = TryReadUInt256(out UInt256 bits);
        value = Int256.FromBits(bits);
        return read;
    }

    /// <summary>Reads a boolean, which is one byte, 0 or 1 and nothing else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadBool(out bool value) => TryReadFlag(ScaleError.InvalidBool, out value);

    /// <summary>Reads the byte before an option's value: 0 for none, 1 for some.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadOption(out bool isSome) => TryReadFlag(ScaleError.InvalidOption, out isSome);

    /// <summary>Reads the byte before a result's value: 0 for ok, 1 for an error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadResult(out bool isError) => TryReadFlag(ScaleError.InvalidResult, out isError);

    /// <summary>Reads a Unicode scalar value, 4 bytes, least significant first.</summary>
    public bool TryReadRune(out Rune value)
    {
        int start = Position;
        if (!TryReadUInt32(out uint scalar))
        {
            value = default;
            return false;
        }

        return Rune.TryCreate(scalar, out value) || FailAt(ScaleError.InvalidChar, start);
    }

    /// <summary>Reads a compact integer of at most 8 bits.</summary>
    public bool TryReadCompactByte(out byte value)
    {
        bool read = TryReadCompactUpTo(byte.MaxValue, out ulong wide);
        value = (byte)wide;
        return read;
    }

    /// <summary>Reads a compact integer of at most 16 bits.</summary>
    public bool TryReadCompactUInt16(out ushort value)
    {
        bool read = TryReadCompactUpTo(ushort.MaxValue, out ulong wide);
        value = (ushort)wide;
        return read;
    }

    /// <summary>Reads a compact integer of at most 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadCompactUInt32(out uint value)
    {
        ReadOnlySpan<byte> rest = _rest;
        if (!rest.IsEmpty && (rest[0] & CompactForm.ModeMask) == CompactForm.OneByte)
        {
            value = (uint)rest[0] >> CompactForm.ModeBits;
            _rest = rest[1..];
            return true;
        }

        bool read = TryReadCompactUpTo(uint.MaxValue, out ulong wide);
        value = (uint)wide;
        return read;
    }

    /// <summary>Reads a compact integer of at most 64 bits.</summary>
    public bool TryReadCompactUInt64(out ulong value) => TryReadCompactUpTo(ulong.MaxValue, out value);

    /// <summary>Reads a compact integer of at most 128 bits.</summary>
    public bool TryReadCompactUInt128(out UInt128 value)
    {
        if (!CompactForm.IsWiderThan64Bits(_rest))
        {
            bool read = TryReadCompactUpTo(ulong.MaxValue, out ulong narrow);
            value = narrow;
            return read;
        }

        bool readWide = TryReadCompactWide(16, out UInt256 wide);
        value = wide.Lower;
        return readWide;
    }

    /// <summary>Reads a compact integer of at most 256 bits.</summary>
    public bool TryReadCompactUInt256(out UInt256 value)
    {
        if (CompactForm.IsWiderThan64Bits(_rest)) return TryReadCompactWide(UInt256.Size, out value);
        bool read = TryReadCompactUpTo(ulong.MaxValue, out ulong narrow);
        value = narrow;
        return read;
    }

    /// <summary>Reads the number of elements of a sequence and refuses one that the rest of the input cannot honour.</summary>
    /// <param name="minimumElementLength">The least number of bytes that an element takes; see <see cref="IScaleCodec{T}.MinimumLength"/>.</param>
    /// <param name="count">The number of elements.</param>
    public bool TryReadLength(int minimumElementLength, out int count)
    {
        int start = Position;
        count = 0;
        if (!TryReadCompactUInt32(out uint promised)) return false;
        if (minimumElementLength > 0)
        {
            if (!HasRoomFor(promised, minimumElementLength)) return FailAt(ScaleError.LengthExceedsInput, start);
        }
        else
        {
            if (promised > (uint)_zeroLengthLeft) return FailAt(ScaleError.TooManyElements, start);
            _zeroLengthLeft -= (int)promised;
        }

        count = (int)promised;
        return true;
    }

    /// <summary>Whether the rest of the input, less what is set aside for elements of enclosing sequences, can hold so many elements.</summary>
    /// <param name="count">The number of elements.</param>
    /// <param name="minimumElementLength">The least number of bytes that an element takes.</param>
    public readonly bool HasRoomFor(uint count, int minimumElementLength)
    {
        // Less than nothing is left where an earlier element has eaten into what is set aside: the input is too short already.
        uint available = (uint)Math.Max(0, _rest.Length - _claimed);
        return (ulong)count * (uint)minimumElementLength <= available;
    }

    /// <summary>
    /// Sets bytes of the rest aside for the elements of a sequence that are still to come, so that nothing inside an earlier element can promise them
    /// again. Each element's share is given back with <see cref="Unclaim"/> just before the element is read.
    /// </summary>
    /// <param name="bytes">The number of elements times their least encoded length, as <see cref="TryReadLength"/> has accepted it.</param>
    public void Claim(int bytes) => _claimed += bytes;

    /// <summary>Gives one element's share of a <see cref="Claim"/> back. Need not be called after an error.</summary>
    public void Unclaim(int bytes) => _claimed -= bytes;

    /// <summary>Reads a sequence of bytes (compact length, then the bytes) without copying it.</summary>
    public bool TryReadByteSequence(out ReadOnlySpan<byte> bytes)
    {
        if (TryReadLength(1, out int length)) return TryReadSpan(length, out bytes);
        bytes = default;
        return false;
    }

    /// <summary>Reads a string: compact length in bytes, then well-formed UTF-8.</summary>
    public bool TryReadString([NotNullWhen(true)] out string? value)
    {
        int start = Position;
        value = null;
        if (!TryReadByteSequence(out ReadOnlySpan<byte> bytes)) return false;
        if (!Utf8.IsValid(bytes)) return FailAt(ScaleError.InvalidUtf8, start);
        value = Encoding.UTF8.GetString(bytes);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryReadFlag(ScaleError error, out bool value)
    {
        ReadOnlySpan<byte> rest = _rest;
        value = false;
        if (rest.IsEmpty) return Fail(ScaleError.UnexpectedEnd);
        if (rest[0] > 1) return Fail(error);
        value = rest[0] == 1;
        _rest = rest[1..];
        return true;
    }

    private bool TryReadCompactUpTo(ulong max, out ulong value)
    {
        ScaleError error = CompactForm.TryRead(_rest, max, out value, out int length);
        if (error != ScaleError.None) return Fail(error);
        _rest = _rest[length..];
        return true;
    }

    private bool TryReadCompactWide(int maxBytes, out UInt256 value)
    {
        ScaleError error = CompactForm.TryReadWide(_rest, maxBytes, out value, out int length);
        if (error != ScaleError.None) return Fail(error);
        _rest = _rest[length..];
        return true;
    }
}
