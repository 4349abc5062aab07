using Phala.Node.Network.Framing;

namespace Phala.Node.Network.Messages;

/// <summary>
/// Reads a protocol buffer field by field (the encoding of protobuf.dev): known fields by the caller, unknown ones are passed over, as the format demands.
/// </summary>
/// <remarks><b>Invariant.</b> Total and without allocation: any bytes end in <see cref="ProtobufError"/>, and the first error stays.</remarks>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private const ulong MaxField = (1 << 29) - 1;
    private const int TypeBits = 3, Fixed32Length = 4, Fixed64Length = 8;
    private ReadOnlySpan<byte> _rest = message;
    private ulong _number;
    private ReadOnlySpan<byte> _bytes;

    /// <summary>What is wrong; none at the message's end.</summary>
    public ProtobufError Error { get; private set; }

    /// <summary>The present field.</summary>
    public int Field { get; private set; }

    /// <summary>How it is written.</summary>
    public WireType Type { get; private set; }

    /// <summary>Goes to the next field; false at the end and where something is wrong.</summary>
    public bool TryNext()
    {
        if (Error != ProtobufError.None || _rest.IsEmpty) return false;
        if (!TryTake(out ulong tag)) return false;
        (ulong field, Type) = (tag >> TypeBits, (WireType)(tag & ((1 << TypeBits) - 1)));
        if (field is 0 or > MaxField) return Fail(ProtobufError.BadField);
        Field = (int)field;
        return Type switch
        {
            WireType.Varint => TryTake(out _number),
            WireType.Bytes => TryTake(out ulong length) && TryTakeBytes(length),
            WireType.Fixed32 => TryTakeBytes(Fixed32Length),
            WireType.Fixed64 => TryTakeBytes(Fixed64Length),
            _ => Fail(ProtobufError.BadWireType),
        };
    }

    /// <summary>The present field as a number.</summary>
    public bool TryNumber(ulong max, out ulong value)
    {
        value = _number;
        if (Type != WireType.Varint) return Fail(ProtobufError.BadWireType);
        return value <= max || Fail(ProtobufError.BadValue);
    }

    /// <summary>The present field as bytes.</summary>
    public bool TryBytes(out ReadOnlySpan<byte> value)
    {
        value = _bytes;
        return Type == WireType.Bytes || Fail(ProtobufError.BadWireType);
    }

    /// <summary>Says that the message is wrong in what it holds.</summary>
    public bool Fail(ProtobufError error)
    {
        if (Error == ProtobufError.None) Error = error;
        return false;
    }

    private bool TryTake(out ulong value)
    {
        if (!Varint.TryRead(_rest, out value, out int length)) return Fail(ProtobufError.BadVarint);
        _rest = _rest[length..];
        return true;
    }

    private bool TryTakeBytes(ulong length)
    {
        if (length > (ulong)_rest.Length) return Fail(ProtobufError.Truncated);
        _bytes = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }
}
