namespace Phala.Runtime.Apis;

/// <summary>Why a runtime API gave no answer.</summary>
public enum ApiError
{
    /// <summary>It gave one.</summary>
    None,

    /// <summary>There is no such method.</summary>
    UnknownMethod,

    /// <summary>The arguments can't be read.</summary>
    BadArguments,

    /// <summary>The question makes sense only within a block, or to a node that has keys.</summary>
    NotHere,

    /// <summary>The state follows rules that this program does not know.</summary>
    UnknownVersion,

    /// <summary>The block that was given breaks the rules.</summary>
    BadBlock,
}
