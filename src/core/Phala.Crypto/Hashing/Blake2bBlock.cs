using System.Runtime.CompilerServices;

namespace Phala.Crypto.Hashing;

/// <summary>Room for one block of BLAKE2b input.</summary>
[InlineArray(Blake2b.BlockLength)]
internal struct Blake2bBlock
{
    private byte _first;
}
