using System.Runtime.InteropServices;

namespace Phala.Codec;

/// <summary>What types marked with <see cref="FixedBytesAttribute"/> share.</summary>
public static class FixedBytes
{
    /// <summary>
    /// A hash code for dictionaries. Its seed is drawn in each process, as that of strings: strangers choose these bytes, and must not be able to make a table's keys
    /// collide. So it differs from process to process, and nothing that leaves the process may depend on it.
    /// </summary>
    public static int HashCode(ReadOnlySpan<byte> bytes)
    {
        int hash = string.GetHashCode(MemoryMarshal.Cast<byte, char>(bytes));
        return (bytes.Length & 1) == 0 ? hash : unchecked((hash * 31) + bytes[^1] + 1);
    }
}
