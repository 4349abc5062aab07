namespace Phala.Node.Network.Yamux;

/// <summary>Why a session ended.</summary>
internal enum YamuxError
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>The connection ended.</summary>
    Ended,

    /// <summary>The peer said that it goes.</summary>
    PeerGone,

    /// <summary>Nothing came for too long, or the peer took too long to take what was sent.</summary>
    TooSlow,

    /// <summary>A frame has a version other than 0.</summary>
    BadVersion,

    /// <summary>A frame has a type that there is not.</summary>
    BadType,

    /// <summary>A frame has flags that there are not, or that contradict each other.</summary>
    BadFlags,

    /// <summary>A frame about a stream is for stream 0, or one about the session is not.</summary>
    BadStream,

    /// <summary>A new stream has a number of this side's, or that of one that is open.</summary>
    BadStreamNumber,

    /// <summary>A stream was taken that the peer had opened itself or that it had taken before.</summary>
    UnexpectedAck,

    /// <summary>More bytes came on a stream than the peer was allowed to send.</summary>
    WindowExceeded,

    /// <summary>Bytes came on a stream on which the peer had said that no more would.</summary>
    DataAfterFin,

    /// <summary>A stream's window became more than 32 bits.</summary>
    WindowOverflow,

    /// <summary>The bytes that wait on all streams are more than a peer may have waiting.</summary>
    TooMuchWaiting,

    /// <summary>The peer asks for more answers than it takes.</summary>
    TooManyAnswers,
}
