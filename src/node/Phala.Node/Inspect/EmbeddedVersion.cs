using Phala.Codec;
using Phala.Trie;

namespace Phala.Node.Inspect;

/// <summary>What a runtime's WebAssembly says of itself in its custom section <c>runtime_version</c>, which nodes read without running it.</summary>
/// <param name="SpecName">The rules' name.</param>
/// <param name="SpecVersion">The rules' version.</param>
/// <param name="State">The version of the state.</param>
public sealed record EmbeddedVersion(string SpecName, uint SpecVersion, StateVersion State)
{
    private const int ApiLength = 12;

    private static ReadOnlySpan<byte> Magic => [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00];

    private static ReadOnlySpan<byte> CompressionMagic => [0x52, 0xBC, 0x53, 0x76, 0x46, 0xDB, 0x8E, 0x05];

    /// <summary>Whether code is compressed, so that nothing can be read of it here.</summary>
    public static bool IsCompressed(ReadOnlySpan<byte> code) => code.StartsWith(CompressionMagic);

    /// <summary>Whether code is WebAssembly.</summary>
    public static bool IsModule(ReadOnlySpan<byte> code) => code.StartsWith(Magic);

    /// <summary>Finds the section; null where there is none that can be read. Any bytes give an answer.</summary>
    public static EmbeddedVersion? Find(ReadOnlySpan<byte> code)
    {
        if (!IsModule(code)) return null;
        ReadOnlySpan<byte> rest = code[Magic.Length..];
        while (rest.Length > 0)
        {
            byte id = rest[0];
            rest = rest[1..];
            if (!TryTakeLength(ref rest, out int length)) return null;
            ReadOnlySpan<byte> section = rest[..length];
            rest = rest[length..];
            if (id != 0 || !TryTakeLength(ref section, out int nameLength) || !section[..nameLength].SequenceEqual("runtime_version"u8)) continue;
            return Read(section[nameLength..]);
        }

        return null;
    }

    private static EmbeddedVersion? Read(ReadOnlySpan<byte> section)
    {
        ScaleReader reader = new(section);
        if (!reader.TryReadString(out string? name) || !reader.TryReadString(out _) || !reader.TryReadUInt32(out _) || !reader.TryReadUInt32(out uint spec) || !reader.TryReadUInt32(out _)) return null;
        if (!reader.TryReadLength(ApiLength, out int apis) || !reader.TryReadSpan(apis * ApiLength, out _) || !reader.TryReadUInt32(out _)) return null;

        // Runtimes from before there were versions of the state do not say it.
        byte state = reader.TryReadByte(out byte version) ? version : (byte)0;
        return state > (byte)StateVersion.V1 ? null : new EmbeddedVersion(name, spec, (StateVersion)state);
    }

    private static bool TryTakeLength(ref ReadOnlySpan<byte> bytes, out int length)
    {
        uint value = 0;
        for (int index = 0; index < Math.Min(5, bytes.Length); index++)
        {
            value |= (uint)(bytes[index] & 0x7F) << (7 * index);
            if (bytes[index] >= 0x80) continue;
            bytes = bytes[(index + 1)..];
            length = (int)Math.Min(value, int.MaxValue);
            return length <= bytes.Length;
        }

        length = 0;
        return false;
    }
}
