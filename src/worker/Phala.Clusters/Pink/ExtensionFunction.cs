namespace Phala.Clusters.Pink;

/// <summary>The functions of Phala's extension of ink!, by their numbers.</summary>
internal enum ExtensionFunction : ushort
{
    /// <summary>Sends a request over HTTP.</summary>
    HttpRequest = 1,

    /// <summary>Signs a message.</summary>
    Sign = 2,

    /// <summary>Verifies a signature.</summary>
    Verify = 3,

    /// <summary>Derives a key of the contract.</summary>
    DeriveSr25519Key = 4,

    /// <summary>Tells the public half of a key.</summary>
    GetPublicKey = 5,

    /// <summary>Remembers a value on this worker.</summary>
    CacheSet = 6,

    /// <summary>Says for how long a value is remembered.</summary>
    CacheSetExpiration = 7,

    /// <summary>Finds a remembered value.</summary>
    CacheGet = 8,

    /// <summary>Forgets a value.</summary>
    CacheRemove = 9,

    /// <summary>Writes a line to the log.</summary>
    Log = 10,

    /// <summary>Draws bytes.</summary>
    GetRandom = 11,

    /// <summary>Tells whether a command is executed.</summary>
    IsInTransaction = 12,

    /// <summary>Signs a hash.</summary>
    EcdsaSignPrehashed = 13,

    /// <summary>Verifies the signature of a hash.</summary>
    EcdsaVerifyPrehashed = 14,

    /// <summary>Tells the system contract.</summary>
    SystemContractId = 15,

    /// <summary>Tells what an account has.</summary>
    BalanceOf = 16,

    /// <summary>Tells which worker this is.</summary>
    WorkerPubkey = 17,

    /// <summary>Tells the time of the machine.</summary>
    UntrustedMillisSinceUnixEpoch = 18,

    /// <summary>Tells whether the cluster has code.</summary>
    CodeExists = 19,

    /// <summary>Takes the chain's newest system code.</summary>
    ImportLatestSystemCode = 20,

    /// <summary>Tells the version of the host.</summary>
    RuntimeVersion = 21,

    /// <summary>Sends several requests over HTTP at once.</summary>
    BatchHttpRequest = 22,

    /// <summary>Tells the end of the chain of public events.</summary>
    CurrentEventChainHead = 23,

    /// <summary>Runs JavaScript.</summary>
    JsEval = 24,

    /// <summary>Tells what vouches for the worker.</summary>
    WorkerSgxQuote = 25,
}
