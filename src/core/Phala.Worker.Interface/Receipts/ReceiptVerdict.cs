namespace Phala.Worker.Interface.Receipts;

/// <summary>Whether a receipt is to be believed, or the first reason why not.</summary>
public enum ReceiptVerdict : byte
{
    /// <summary>It is: a finalized block of the chain says that enough members of the cluster reported it.</summary>
    Verified = 0,

    /// <summary>It is of another chain.</summary>
    WrongChain,

    /// <summary>The first voters are not proven.</summary>
    BadGenesisProof,

    /// <summary>The headers are not justified one after the other.</summary>
    NotFinal,

    /// <summary>The receipt is for a message of another cluster.</summary>
    WrongCluster,

    /// <summary>What is read under the last header is not proven.</summary>
    BadChainProof,

    /// <summary>The chain does not hold it: too few members reported it, or something else was anchored.</summary>
    NotReported,

    /// <summary>The report does not have the receipt.</summary>
    NotInReport,

    /// <summary>The receipt commits to another outcome.</summary>
    WrongOutcome,
}
