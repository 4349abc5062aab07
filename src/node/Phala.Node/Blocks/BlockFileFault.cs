namespace Phala.Node.Blocks;

/// <summary>Why a file of blocks can't be read on, and where.</summary>
/// <param name="Error">Why.</param>
/// <param name="Block">Which block of the file, counted from 1; 0 before the first.</param>
/// <param name="Position">The place in the file in bytes.</param>
/// <param name="Detail">What exactly is wrong, in words.</param>
public sealed record BlockFileFault(BlockFileError Error, long Block, long Position, string Detail)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"block {Block} of the file, at byte {Position}: {Detail}");
}
