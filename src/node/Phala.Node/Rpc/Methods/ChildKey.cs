using Phala.Trie.Storage;

namespace Phala.Node.Rpc.Methods;

/// <summary>Child tries as the older methods name them: by their key in the main trie.</summary>
internal static class ChildKey
{
    /// <summary>Reads the first parameter of a method about a child trie.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="name">The child trie's name, without the prefix.</param>
    /// <param name="error">Why the key is none of a child trie; null where it is one, and where the parameters have an error of their own.</param>
    public static bool TryRead(RpcParameters parameters, out byte[] name, out RpcError? error)
    {
        (name, error) = ([], null);
        if (!parameters.TryHex("childStorageKey", out byte[] key)) return false;
        if (!ChildTries.IsRootKey(key))
        {
            error = NodeErrors.Client("Invalid child storage key");
            return false;
        }

        name = key[ChildTries.Prefix.Length..];
        return true;
    }
}
