using System.Buffers.Binary;

namespace Phala.Node.Network.Yamux;

/// <summary>The beginning of a frame: 12 bytes, big-endian.</summary>
/// <param name="Type">What the frame is.</param>
/// <param name="Flags">What it does to its stream.</param>
/// <param name="Stream">The stream; 0 for the session.</param>
/// <param name="Value">How many bytes follow, or by how much the window grows, or a ping's number, or why the peer goes.</param>
internal readonly record struct YamuxHeader(YamuxFrameType Type, YamuxFlags Flags, uint Stream, uint Value)
{
    /// <summary>Its length.</summary>
    public const int Length = 12;

    private const int VersionAt = 0, TypeAt = 1, FlagsAt = 2, StreamAt = 4, ValueAt = 8;

    /// <summary>How many bytes follow.</summary>
    public uint PayloadLength => Type == YamuxFrameType.Data ? Value : 0;

    /// <summary>Reads one.</summary>
    /// <param name="bytes"><see cref="Length"/> bytes.</param>
    /// <param name="header">The header.</param>
    public static YamuxError TryRead(ReadOnlySpan<byte> bytes, out YamuxHeader header)
    {
        header = new YamuxHeader(
            (YamuxFrameType)bytes[TypeAt],
            (YamuxFlags)BinaryPrimitives.ReadUInt16BigEndian(bytes[FlagsAt..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[StreamAt..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[ValueAt..]));
        if (bytes[VersionAt] != 0) return YamuxError.BadVersion;
        if (header.Type > YamuxFrameType.GoAway) return YamuxError.BadType;
        if ((header.Flags & ~YamuxFlags.All) != 0) return YamuxError.BadFlags;
        bool isSessions = header.Type is YamuxFrameType.Ping or YamuxFrameType.GoAway;
        return isSessions == (header.Stream == 0) ? YamuxError.None : YamuxError.BadStream;
    }

    /// <summary>Writes it.</summary>
    public void Write(Span<byte> bytes)
    {
        bytes[VersionAt] = 0;
        bytes[TypeAt] = (byte)Type;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[FlagsAt..], (ushort)Flags);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[StreamAt..], Stream);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[ValueAt..], Value);
    }
}
