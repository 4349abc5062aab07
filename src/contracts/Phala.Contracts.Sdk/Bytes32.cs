using System.Runtime.InteropServices;

namespace Phala.Contracts;

/// <summary>32 bytes as four numbers: what accounts and hashes are.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct Bytes32
{
    internal const int Size = 32;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <param name="bytes">The bytes, as many as there have to be.</param>
    internal Bytes32(byte[] bytes) => (_a, _b, _c, _d) = (Words.Read(bytes, 0), Words.Read(bytes, 8), Words.Read(bytes, 16), Words.Read(bytes, 24));

    internal bool IsZero => (_a | _b | _c | _d) == 0;

    internal int HashCode => (int)_a;

    internal static bool AreSame(in Bytes32 left, in Bytes32 right) => left._a == right._a && left._b == right._b && left._c == right._c && left._d == right._d;

    internal byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        Words.Write(bytes, 0, _a);
        Words.Write(bytes, 8, _b);
        Words.Write(bytes, 16, _c);
        Words.Write(bytes, 24, _d);
        return bytes;
    }
}
