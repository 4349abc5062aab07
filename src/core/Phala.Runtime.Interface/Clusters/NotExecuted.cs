using Phala.Codec;

namespace Phala.Runtime.Interface.Clusters;

/// <summary>Why a command was not executed. Everybody may know it: it depends on nothing secret but whether the command could be opened.</summary>
[Scale("phala_types::receipt::NotExecuted")]
public enum NotExecuted : byte
{
    /// <summary>The payload is no command.</summary>
    Malformed = 0,

    /// <summary>The cluster has no such contract.</summary>
    UnknownContract = 1,

    /// <summary>The key's epoch is over, or has not begun.</summary>
    WrongEpoch = 2,

    /// <summary>It is not sealed for this chain, cluster, contract, epoch, sender, nonce and expiry.</summary>
    NotOpened = 3,

    /// <summary>The entry that carries it is later than its expiry.</summary>
    Expired = 4,

    /// <summary>It expires more than a day after the entry that carries it.</summary>
    ExpiresTooLate = 5,

    /// <summary>Its nonce was used before.</summary>
    NonceUsed = 6,

    /// <summary>The cluster does not accept this kind of envelope.</summary>
    EnvelopeRefused = 7,

    /// <summary>Only accounts and pallets command contracts.</summary>
    SenderRefused = 8,

    /// <summary>The sender can't pay for the gas.</summary>
    CannotPay = 9,
}
