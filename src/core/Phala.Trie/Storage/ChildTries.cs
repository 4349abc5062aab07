namespace Phala.Trie.Storage;

/// <summary>Where the main trie keeps the roots of child tries (Polkadot specification, state storage trie).</summary>
public static class ChildTries
{
    /// <summary><c>:child_storage:default:</c>; the name of the child trie follows.</summary>
    public static ReadOnlySpan<byte> Prefix => ":child_storage:default:"u8;

    /// <summary>The longest name of a child trie.</summary>
    public static int MaxNameLength => MerkleTrie.MaxKeyLength - Prefix.Length;

    /// <summary>The main trie's key for a child trie's root.</summary>
    public static byte[] RootKey(ReadOnlySpan<byte> name) => [.. Prefix, .. name];

    /// <summary>Whether a key of the main trie belongs to child roots, which nobody writes but the state itself.</summary>
    public static bool IsRootKey(ReadOnlySpan<byte> key) => key.StartsWith(Prefix);
}
