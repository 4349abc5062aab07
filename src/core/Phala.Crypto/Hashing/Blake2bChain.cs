using System.Runtime.CompilerServices;

namespace Phala.Crypto.Hashing;

/// <summary>The chaining value h[0..7] of BLAKE2b.</summary>
[InlineArray(8)]
internal struct Blake2bChain
{
    private ulong _first;
}
