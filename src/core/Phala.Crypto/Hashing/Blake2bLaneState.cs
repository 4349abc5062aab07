namespace Phala.Crypto.Hashing;

/// <summary>What the lanes of a batch are at. Word i of lane j stands at <c>i · Lanes + j</c>, so that one vector holds one word of all lanes.</summary>
// Unsafe: fixed buffers, so that the whole lies on the stack and can be aligned to a cache line.
internal unsafe struct Blake2bLaneState
{
    /// <summary>The most lanes that a kernel has.</summary>
    public const int MaxLanes = 8;

    /// <summary>The 16 words of each lane's block, transposed; used by the kernel alone.</summary>
    public fixed ulong Words[16 * MaxLanes];

    /// <summary>The chaining values.</summary>
    public fixed ulong Chain[8 * MaxLanes];

    /// <summary>How many bytes of each message are hashed with this block.</summary>
    public fixed ulong Counter[MaxLanes];

    /// <summary>All ones where this block is the message's last, else zero.</summary>
    public fixed ulong Last[MaxLanes];

    /// <summary>All ones where this block is the message's first, so that the chain begins anew, else zero.</summary>
    public fixed ulong First[MaxLanes];

    /// <summary>The address of each lane's block: 128 readable bytes.</summary>
    public fixed ulong Block[MaxLanes];

    /// <summary>The address of what is not hashed yet.</summary>
    public fixed ulong Rest[MaxLanes];

    /// <summary>How many bytes are not hashed yet.</summary>
    public fixed int RestLength[MaxLanes];

    /// <summary>Which message each lane is at, or -1 for none.</summary>
    public fixed int Message[MaxLanes];

    /// <summary>Room for a last block that has to be padded with zeros.</summary>
    public fixed byte Padded[Blake2b.BlockLength * MaxLanes];
}
