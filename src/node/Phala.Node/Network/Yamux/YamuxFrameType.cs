namespace Phala.Node.Network.Yamux;

/// <summary>What a frame is.</summary>
internal enum YamuxFrameType : byte
{
    /// <summary>Bytes of a stream; the length says how many follow.</summary>
    Data = 0,

    /// <summary>The receiver may send so many bytes more on a stream.</summary>
    WindowUpdate = 1,

    /// <summary>Asks for an answer with the same number, or is that.</summary>
    Ping = 2,

    /// <summary>The sender takes no more streams.</summary>
    GoAway = 3,
}
