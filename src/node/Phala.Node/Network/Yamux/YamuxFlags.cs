namespace Phala.Node.Network.Yamux;

/// <summary>What a frame does to its stream beside what it carries.</summary>
[Flags]
internal enum YamuxFlags : ushort
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Opens it; of a ping: the question.</summary>
    Syn = 1,

    /// <summary>Takes it; of a ping: the answer.</summary>
    Ack = 2,

    /// <summary>The sender sends no more.</summary>
    Fin = 4,

    /// <summary>Ends it at once, in both directions.</summary>
    Rst = 8,

    /// <summary>All of them.</summary>
    All = Syn | Ack | Fin | Rst,
}
