using Phala.Codec;
using Phala.Trie;

namespace Phala.Fuzz.Targets.Codec.Samples;

/// <summary>Maps and sets with keys of several kinds.</summary>
[Scale]
public sealed partial record Collections(
    SortedDictionary<uint, string> Names,
    SortedSet<string> Words,
    SortedDictionary<(byte Kind, Hash256 Hash), SortedSet<Mode>> Nested,
    SortedDictionary<Vec<byte>, Unit> Keys);
