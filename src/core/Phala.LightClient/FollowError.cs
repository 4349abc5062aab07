namespace Phala.LightClient;

/// <summary>Why a light client does not follow an advance.</summary>
public enum FollowError : byte
{
    /// <summary>It does.</summary>
    None = 0,

    /// <summary>The request is longer than any that is looked at.</summary>
    TooLarge,

    /// <summary>The bytes are no request, or more than one.</summary>
    BadEncoding,

    /// <summary>The client has seen two histories and believes no one any more.</summary>
    Stopped,

    /// <summary>The request is for clients of the other mode.</summary>
    WrongMode,

    /// <summary>A header's number is not above that of the one before: the head itself, one before it, or fragments out of order.</summary>
    NotAscending,

    /// <summary>A justification does not finalize its header; <see cref="FollowResult.Advance"/> says why.</summary>
    NotJustified,

    /// <summary>A header's messages to GRANDPA cannot be followed; <see cref="FollowResult.Advance"/> says why.</summary>
    UnsupportedDigest,

    /// <summary>The authorities that a header announces make no set; <see cref="FollowResult.Advance"/> says why.</summary>
    InvalidNextSet,

    /// <summary>A header announces a set after the one with the highest number.</summary>
    LastSet,

    /// <summary>A header before the target announces no authorities.</summary>
    MissingChange,

    /// <summary>A header says not, or not clearly, in which slot it was made.</summary>
    BadSlot,

    /// <summary>A header's slot is not after that of the one before.</summary>
    SlotNotAscending,

    /// <summary>A slot lies beyond all time that milliseconds can count.</summary>
    SlotOutOfRange,

    /// <summary>The target has two queue heads in its digest, or one that is none.</summary>
    BadQueueDigest,

    /// <summary>What is to be a read proof is none under the header's state root; <see cref="FollowResult.Proof"/> says why.</summary>
    BadReadProof,

    /// <summary>The proof does not reveal the hash that the target's chain has for the head's number.</summary>
    MissingHashProof,

    /// <summary>The target's state has no such hash, though it should keep it, or something that is none.</summary>
    HashNotKept,

    /// <summary>The target's chain began with another block: the voters' keys are those of several chains.</summary>
    ForeignGenesis,

    /// <summary>Neither the target's digest nor the proof says the queue's head.</summary>
    MissingQueueProof,

    /// <summary>What the state has as the queue's head is none.</summary>
    BadQueueValue,

    /// <summary>The target is final, and its chain has another block at the head's number. The client has stopped; its state has the evidence.</summary>
    ContradictsHistory,

    /// <summary>The target is final, and its queue does not continue the one that is known. The client has stopped; its state has the evidence.</summary>
    ContradictsQueue,

    /// <summary>A walk has no blocks.</summary>
    Empty,

    /// <summary>A walk's block is not the child of the one before.</summary>
    BrokenChain,

    /// <summary>A walk's last block, or one that announces authorities, has no justification.</summary>
    MissingJustification,

    /// <summary>The proof does not reveal a block's messages.</summary>
    MissingMessages,

    /// <summary>What the state has as a block's messages are none.</summary>
    BadMessages,

    /// <summary>The proof does not reveal the cluster of a contract that is commanded, or not clearly.</summary>
    MissingContract,
}
