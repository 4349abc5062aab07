namespace Phala.LightClient;

/// <summary>Why a light client does not start with a genesis.</summary>
public enum StartError : byte
{
    /// <summary>It does.</summary>
    None = 0,

    /// <summary>The header is not the one that is trusted.</summary>
    WrongGenesis,

    /// <summary>The header that is trusted is no genesis: its number is not 0.</summary>
    NotGenesis,

    /// <summary>What is to be a read proof is none under the genesis' state root.</summary>
    BadReadProof,

    /// <summary>The proof does not reveal the first authorities, or the state has none.</summary>
    MissingAuthorities,

    /// <summary>The first authorities make no set of voters.</summary>
    InvalidSet,

    /// <summary>The proof does not reveal the length of a slot, or the state has none.</summary>
    MissingSlotDuration,

    /// <summary>A slot takes no time.</summary>
    ZeroSlotDuration,
}
