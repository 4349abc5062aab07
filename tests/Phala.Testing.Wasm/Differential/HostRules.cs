using System.Numerics;

namespace Phala.Testing.Wasm.Differential;

/// <summary>What the host functions of <see cref="Generator.HostShapes"/> compute.</summary>
internal static class HostRules
{
    public const int FailureCode = 7;
    public const int ConstantGlobal = 77;
    public const long MutableGlobal = -5;
    public const uint MemoryPages = 1, MostMemoryPages = 3, TableSize = 12, MostTableSize = 40;

    public static uint Mix(uint a, uint b) => unchecked((a * 31) + b);

    public static ulong Fold(ulong a, ulong bitsOfB) => BitOperations.RotateLeft(a ^ bitsOfB, 7);

    public static bool Fails(uint a) => a % 16 == 15;
}
