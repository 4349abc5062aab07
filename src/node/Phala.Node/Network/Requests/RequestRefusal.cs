namespace Phala.Node.Network.Requests;

/// <summary>Why a request is not answered. The stream is reset, which is what peers take for a refusal.</summary>
internal enum RequestRefusal
{
    /// <summary>It is.</summary>
    None,

    /// <summary>It is no request. Peers that send such are cut off.</summary>
    Malformed,

    /// <summary>The block is not known, or not where the request needs it to be.</summary>
    UnknownBlock,

    /// <summary>There is nothing to answer: the peer is as far as this node.</summary>
    NothingNew,

    /// <summary>The runtime's method is not one of those that light clients can call.</summary>
    UnknownMethod,

    /// <summary>The answer would be longer than any may be.</summary>
    TooLong,
}
