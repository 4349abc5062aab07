namespace Phala.Clusters.Wasm;

/// <summary>What a host function tells a contract of how it went. The numbers are those of ink!'s environment.</summary>
internal enum ReturnCode
{
    /// <summary>It is done.</summary>
    Success = 0,

    /// <summary>The other contract could not go on.</summary>
    CalleeTrapped = 1,

    /// <summary>The other contract undid what it did.</summary>
    CalleeReverted = 2,

    /// <summary>There is nothing under the key.</summary>
    KeyNotFound = 3,

    /// <summary>There is not so much to transfer.</summary>
    TransferFailed = 5,

    /// <summary>The cluster has no such code.</summary>
    CodeNotFound = 7,

    /// <summary>There is no such contract.</summary>
    NotCallable = 8,

    /// <summary>The chain's own calls are not for contracts.</summary>
    CallRuntimeFailed = 10,

    /// <summary>No key has made the signature.</summary>
    EcdsaRecoveryFailed = 11,

    /// <summary>The signature is not good.</summary>
    Sr25519VerifyFailed = 12,

    /// <summary>Messages to other chains are not for contracts.</summary>
    XcmExecutionFailed = 13,

    /// <summary>Messages to other chains are not for contracts.</summary>
    XcmSendFailed = 14,
}
