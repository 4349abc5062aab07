namespace Phala.Client.Storage;

/// <summary>Some entries of a map, in the order of their storage keys.</summary>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="T">The values.</typeparam>
/// <param name="Entries">The entries.</param>
/// <param name="Last">The storage key after which the next page begins; null where this is the last page.</param>
public sealed record StoragePage<TKey, T>(IReadOnlyList<KeyValuePair<TKey, T>> Entries, byte[]? Last);
