using System.Runtime.CompilerServices;

namespace Phala.Crypto.Hashing;

/// <summary>The 25 lanes of Keccak-f[1600] as a value.</summary>
[InlineArray(KeccakPermutation.LaneCount)]
internal struct KeccakState
{
    private ulong _lane;
}
