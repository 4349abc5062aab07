using System.Text;

namespace Phala.Worker.Interface.Prpc.Wire;

/// <summary>Reads protobuf's binary encoding. Total: whatever the bytes, every call ends with a value or an error, and allocates no more than the input has.</summary>
public ref struct ProtoReader
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly ReadOnlySpan<byte> _input;
    private int _at;

    /// <summary>Reads from the beginning.</summary>
    public ProtoReader(ReadOnlySpan<byte> input) => _input = input;

    /// <summary>What was wrong with the bytes.</summary>
    public ProtoError Error { get; private set; }

    /// <summary>Whether everything is read.</summary>
    public readonly bool IsAtEnd => _at == _input.Length;

    /// <summary>Notes what is wrong.</summary>
    /// <returns>False.</returns>
    public bool Fail(ProtoError error)
    {
        if (Error == ProtoError.None) Error = error;
        return false;
    }

    /// <summary>Reads a field's number and wire type.</summary>
    public bool TryReadTag(out int number, out ProtoWireType type)
    {
        (number, type) = (0, default);
        if (!TryReadVarint(out ulong tag)) return false;
        type = (ProtoWireType)(tag & 7);
        if (tag >> 3 is 0 or > (1 << 29) - 1 || !Enum.IsDefined(type)) return Fail(ProtoError.BadTag);
        number = (int)(tag >> 3);
        return true;
    }

    /// <summary>Reads a number.</summary>
    public bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (_at == _input.Length) return Fail(ProtoError.Truncated);
            byte next = _input[_at++];
            if (shift == 63 && next > 1) return Fail(ProtoError.BadNumber);
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return true;
        }

        return Fail(ProtoError.BadNumber);
    }

    /// <summary>Reads a length and so many bytes.</summary>
    public bool TryReadBytes(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (!TryReadVarint(out ulong length)) return false;
        if (length > (ulong)(_input.Length - _at)) return Fail(ProtoError.Truncated);
        bytes = _input.Slice(_at, (int)length);
        _at += (int)length;
        return true;
    }

    /// <summary>Reads a text.</summary>
    public bool TryReadText(out string text)
    {
        text = "";
        if (!TryReadBytes(out ReadOnlySpan<byte> bytes)) return false;
        if (!System.Text.Unicode.Utf8.IsValid(bytes)) return Fail(ProtoError.BadText);
        text = Strict.GetString(bytes);
        return true;
    }

    /// <summary>Passes over a field that nobody asks for.</summary>
    public bool TrySkip(ProtoWireType type)
    {
        if (type == ProtoWireType.Varint) return TryReadVarint(out _);
        if (type == ProtoWireType.Bytes) return TryReadBytes(out _);
        int length = type == ProtoWireType.Fixed64 ? 8 : 4;
        if (_input.Length - _at < length) return Fail(ProtoError.Truncated);
        _at += length;
        return true;
    }
}
