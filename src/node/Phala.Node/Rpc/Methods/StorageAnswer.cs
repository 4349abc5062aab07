using System.Text.Json;

namespace Phala.Node.Rpc.Methods;

/// <summary>An answer to a <see cref="StorageQuery"/>.</summary>
/// <param name="Key">The key that it is about.</param>
/// <param name="Name">What is told: <c>value</c>, <c>hash</c> or <c>closestDescendantMerkleValue</c>.</param>
/// <param name="Bytes">The bytes.</param>
internal readonly record struct StorageAnswer(byte[] Key, string Name, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Writes the members of the answer into an object.</summary>
    public void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteHex("key", Key);
        writer.WriteHex(Name, Bytes.Span);
    }
}
