namespace Phala.Chain.Grandpa;

/// <summary>How far a warp sync proof could be followed.</summary>
/// <param name="Error">What stopped it.</param>
/// <param name="Followed">How many fragments were followed.</param>
/// <param name="Advance">Why the next one was not, where that stopped it.</param>
public readonly record struct WarpSyncResult(WarpSyncError Error, int Followed, AdvanceResult Advance = default)
{
    /// <summary>Whether the proof was followed to its end.</summary>
    public bool IsOk => Error == WarpSyncError.None;
}
