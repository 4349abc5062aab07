using System.Runtime.CompilerServices;

namespace Phala.Crypto.Signatures;

/// <summary>32 bytes held in place.</summary>
[InlineArray(32)]
internal struct KeyBytes
{
    private byte _byte;
}
