using System.Text.Json;
using Phala.Crypto.Hashing;
using Phala.Trie;

namespace Phala.Node.Rpc.Methods;

/// <summary>An answer to a <see cref="StorageQuery"/>.</summary>
/// <param name="Key">The key that it is about.</param>
/// <param name="Name">What is told: <c>value</c>, <c>hash</c> or <c>closestDescendantMerkleValue</c>.</param>
/// <param name="Bytes">The bytes.</param>
internal readonly record struct StorageAnswer(byte[] Key, string Name, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The hash of a value.</summary>
    public static StorageAnswer HashOf(byte[] key, ReadOnlySpan<byte> value)
    {
        byte[] digest = new byte[Hash256.Size];
        Blake2b.Hash256(value, digest);
        return new StorageAnswer(key, "hash", digest);
    }

    /// <summary>Writes the members of the answer into an object.</summary>
    public void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteHex("key", Key);
        writer.WriteHex(Name, Bytes.Span);
    }
}
