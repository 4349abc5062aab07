namespace Phala.Node.Inspect.Metadata;

/// <summary>A pallet.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Index">The byte that its calls and events begin with.</param>
/// <param name="Storage">Its storage entries.</param>
/// <param name="Calls">The enum of its calls.</param>
/// <param name="Events">The enum of its events.</param>
/// <param name="Errors">The enum of its errors.</param>
/// <param name="Constants">Its constants.</param>
public sealed record PalletInfo(string Name, byte Index, IReadOnlyList<StorageInfo> Storage, int? Calls, int? Events, int? Errors, IReadOnlyList<ConstantInfo> Constants);
