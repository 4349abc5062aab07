namespace Phala.Runtime.Framework;

/// <summary>What to come back to when something is done wholly or not at all.</summary>
/// <param name="EventBytes">The length of the events.</param>
/// <param name="Events">How many events there were.</param>
/// <param name="Messages">How many messages there were.</param>
internal readonly record struct BlockMark(int EventBytes, uint Events, int Messages);
