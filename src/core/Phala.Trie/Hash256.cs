using Phala.Codec;

namespace Phala.Trie;

/// <summary>A 32-byte digest: a state root, a block's hash. The default value is 32 zero bytes.</summary>
[Scale("primitive_types::H256"), FixedBytes(32)]
public readonly partial struct Hash256;
