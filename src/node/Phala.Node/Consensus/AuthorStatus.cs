namespace Phala.Node.Consensus;

/// <summary>What came of a slot.</summary>
public enum AuthorStatus
{
    /// <summary>A block.</summary>
    Authored,

    /// <summary>Nothing: the slot belongs to an authority whose key this node does not have.</summary>
    NotOurSlot,

    /// <summary>Nothing: the best block's state is not there.</summary>
    NoState,

    /// <summary>Nothing: no block follows from the best one in this slot.</summary>
    CannotBegin,
}
