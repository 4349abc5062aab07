namespace Phala.Node.Rpc.Methods;

/// <summary>What is asked about a key of the storage, with the names of the JSON-RPC interface.</summary>
internal enum StorageQueryKind
{
    /// <summary>Its value.</summary>
    Value,

    /// <summary>The hash of its value.</summary>
    Hash,

    /// <summary>The Merkle value of the node closest to the root among those at or below it.</summary>
    ClosestDescendantMerkleValue,

    /// <summary>The values of all keys that begin with it.</summary>
    DescendantsValues,

    /// <summary>The hashes of those values.</summary>
    DescendantsHashes,
}
