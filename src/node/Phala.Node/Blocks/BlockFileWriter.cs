using System.Buffers.Binary;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Node.Rpc;
using Phala.Node.Rpc.Methods;

namespace Phala.Node.Blocks;

/// <summary>Writes blocks as <see cref="BlockFileReader"/> and Substrate's nodes read them.</summary>
/// <param name="output">The file.</param>
/// <param name="isBinary">Which form.</param>
public sealed class BlockFileWriter(Stream output, bool isBinary)
{
    /// <summary>Writes what stands before the blocks.</summary>
    public void Begin(ulong count)
    {
        if (!isBinary) return;
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, count);
        output.Write(bytes);
    }

    /// <summary>Writes a block.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="body">Its extrinsics, each without its length.</param>
    /// <param name="justification">GRANDPA's proof; null where there is none.</param>
    public void Write(in Header header, byte[][] body, byte[]? justification)
    {
        Header written = header;
        output.Write(isBinary ? Encode(header, body, justification) : RpcJson.Serialize(writer => writer.WriteBlock(written, body, justification)));
        if (!isBinary) output.WriteByte((byte)'\n');
    }

    private static byte[] Encode(in Header header, byte[][] body, byte[]? justification)
    {
        Vec<EncodedJustification>? justifications = justification is null ? null : [new EncodedJustification(EngineId.Grandpa, Vec.Create<byte>(justification))];
        return Scale.Encode(new SignedBlock(new Block(header, [.. body.Select(each => new OpaqueExtrinsic(Vec.Create<byte>(each)))]), justifications));
    }
}
