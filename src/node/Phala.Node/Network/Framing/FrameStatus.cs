namespace Phala.Node.Network.Framing;

/// <summary>What came of reading a frame.</summary>
internal enum FrameStatus
{
    /// <summary>A frame.</summary>
    Read,

    /// <summary>The stream ended before one began.</summary>
    Ended,

    /// <summary>The stream ended inside of one.</summary>
    Truncated,

    /// <summary>Its length is no number, or more than is allowed.</summary>
    TooLong,
}
