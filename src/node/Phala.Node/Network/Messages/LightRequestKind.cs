namespace Phala.Node.Network.Messages;

/// <summary>What a light client asks; the numbers are those of the request's fields.</summary>
internal enum LightRequestKind
{
    /// <summary>What a call of the runtime reads.</summary>
    Call = 1,

    /// <summary>Entries of the state.</summary>
    Read = 2,

    /// <summary>Entries of a child trie.</summary>
    ReadChild = 4,
}
