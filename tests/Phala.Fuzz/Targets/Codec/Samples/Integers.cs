using Phala.Codec;
using Phala.Trie;

namespace Phala.Fuzz.Targets.Codec.Samples;

/// <summary>One field of each type whose length is fixed.</summary>
[Scale]
public readonly partial record struct Integers(
    byte U8,
    sbyte I8,
    ushort U16,
    short I16,
    uint U32,
    int I32,
    ulong U64,
    long I64,
    UInt128 U128,
    Int128 I128,
    UInt256 U256,
    Int256 I256,
    bool Flag,
    Unit Nothing,
    Mode Mode,
    Hash256 Hash);
