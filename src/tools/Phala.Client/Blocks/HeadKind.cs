namespace Phala.Client.Blocks;

/// <summary>Of which heads one wants to hear.</summary>
public enum HeadKind
{
    /// <summary>Each block that becomes the best one.</summary>
    Best,

    /// <summary>Each block that becomes final; some are skipped where several do at once.</summary>
    Finalized,

    /// <summary>Every block, on whatever branch.</summary>
    All,
}
