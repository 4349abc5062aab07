namespace Phala.Chain.Forks;

/// <summary>Why a block does not enter a <see cref="ForkTree{T}"/>.</summary>
public enum ForkTreeError : byte
{
    /// <summary>It does.</summary>
    None = 0,

    /// <summary>It is there already.</summary>
    AlreadyKnown,

    /// <summary>Its parent is not there: not known, or on a branch that was given up.</summary>
    UnknownParent,

    /// <summary>Its number is not one more than its parent's.</summary>
    WrongNumber,

    /// <summary>The tree holds as many blocks as it may.</summary>
    Full,
}
