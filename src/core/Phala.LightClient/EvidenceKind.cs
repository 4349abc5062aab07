namespace Phala.LightClient;

/// <summary>How two final blocks contradict each other.</summary>
public enum EvidenceKind : byte
{
    /// <summary>They have the same number.</summary>
    SameNumber = 0,

    /// <summary>The higher block's chain has another block at the lower one's number.</summary>
    History,

    /// <summary>The higher block's queue does not continue the lower one's.</summary>
    Queue,
}
