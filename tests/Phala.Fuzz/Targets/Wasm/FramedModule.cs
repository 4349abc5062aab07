using System.Buffers.Binary;
using Phala.Wasm.Binary;

namespace Phala.Fuzz.Targets.Wasm;

/// <summary>
/// A module in a form whose lengths heal: a byte of flags (1: this form, 2: floats are forbidden), then for each section its number, the length
/// of its content in two bytes, and the content; in the code section, for each body its length in two bytes and the body. A length that is too
/// great means the rest. Without the first flag the bytes after the flags are taken as they are.
/// </summary>
internal static class FramedModule
{
    private const byte Framed = 1, NoFloats = 2;
    private const byte CodeSection = 10;
    private const int HeaderLength = 8;

    private static ReadOnlySpan<byte> Header => [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00];

    /// <summary>The form of a module; as it is where its own lengths do not hold.</summary>
    public static byte[] Of(byte[] module, bool allowFloats)
    {
        byte flags = allowFloats ? (byte)0 : NoFloats;
        byte[] input = TrySplit(module, out List<byte> sections) ? [(byte)(flags | Framed), .. sections] : [flags, .. module];
        return input;
    }

    public static byte[] ToModule(ReadOnlySpan<byte> input, out bool framed, out bool allowFloats)
    {
        framed = input.Length > 0 && (input[0] & Framed) != 0;
        allowFloats = input.Length == 0 || (input[0] & NoFloats) == 0;
        if (!framed) return input.Length == 0 ? [] : input[1..].ToArray();

        ByteWriter writer = new();
        writer.WriteBytes(Header);
        for (ReadOnlySpan<byte> rest = input[1..]; rest.Length > 0;)
        {
            byte id = rest[0];
            ReadOnlySpan<byte> content = Take(rest[1..], out rest);
            writer.WriteByte(id);
            writer.WriteBlob(id == CodeSection ? JoinBodies(content) : content);
        }

        return writer.Written.ToArray();
    }

    private static byte[] JoinBodies(ReadOnlySpan<byte> content)
    {
        ByteWriter bodies = new();
        uint count = 0;
        while (content.Length > 0)
        {
            bodies.WriteBlob(Take(content, out content));
            count++;
        }

        ByteWriter writer = new();
        writer.WriteUnsigned(count);
        writer.WriteBytes(bodies.Written);
        return writer.Written.ToArray();
    }

    /// <summary>What a length in two bytes announces.</summary>
    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> from, out ReadOnlySpan<byte> rest)
    {
        if (from.Length < 2)
        {
            rest = [];
            return [];
        }

        int length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(from), from.Length - 2);
        rest = from[(2 + length)..];
        return from.Slice(2, length);
    }

    private static bool TrySplit(byte[] module, out List<byte> sections)
    {
        sections = [];
        if (!module.AsSpan().StartsWith(Header)) return false;
        for (int at = HeaderLength; at < module.Length;)
        {
            byte id = module[at++];
            if (!TryReadLength(module, ref at, out int length) || length > module.Length - at) return false;
            List<byte> content = [.. module.AsSpan(at, length)];
            at += length;
            if (id == CodeSection && !TrySplitBodies(content.ToArray(), out content)) return false;
            Append(sections, id, content);
        }

        return true;
    }

    private static bool TrySplitBodies(byte[] content, out List<byte> bodies)
    {
        bodies = [];
        int at = 0;
        if (!TryReadLength(content, ref at, out int count)) return false;
        for (; count > 0; count--)
        {
            if (!TryReadLength(content, ref at, out int length) || length > content.Length - at || length > ushort.MaxValue) return false;
            bodies.AddRange((byte)length, (byte)(length >> 8));
            bodies.AddRange(content.AsSpan(at, length));
            at += length;
        }

        return at == content.Length;
    }

    private static void Append(List<byte> sections, byte id, List<byte> content)
    {
        sections.AddRange(id, (byte)content.Count, (byte)(content.Count >> 8));
        sections.AddRange(content);
    }

    private static bool TryReadLength(byte[] bytes, ref int at, out int value)
    {
        value = 0;
        for (int shift = 0; shift < 28 && at < bytes.Length; shift += 7)
        {
            byte part = bytes[at++];
            value |= (part & 0x7F) << shift;
            if (part < 0x80) return true;
        }

        return false;
    }
}
