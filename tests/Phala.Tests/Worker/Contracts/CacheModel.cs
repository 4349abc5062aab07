using Phala.Codec;
using Phala.Trie;
using Phala.Worker.Contracts;

namespace Phala.Tests.Worker.Contracts;

/// <summary>The cache as it is described, without anything that makes it fast: one list, searched and sorted each time. Ends count in seconds.</summary>
internal sealed class CacheModel
{
    private readonly Dictionary<Hash256, uint> _weights = [];
    private List<Item> _items = [];
    private ulong _order;

    public ulong Now { get; set; }

    public long Size => _items.Sum(item => item.Size);

    /// <summary>How often something was forgotten for want of room, and because its time had come.</summary>
    public (int ForRoom, int Expired) Forgotten { get; private set; }

    public int Count => _items.Count;

    public bool TrySet(Hash256 contract, uint weight, Vec<byte> key, Vec<byte> value)
    {
        Expire();
        if (weight == 0) _items.RemoveAll(item => item.Contract == contract);
        _weights[contract] = weight;
        Item made = new(contract, key, value, ContractCache.EntryOverhead + key.Length + value.Length, Now + ContractCache.UsualLife, ++_order);
        List<Item> after = [.. _items.Where(item => !Is(item, contract, key)), made];
        if (SizeOf(after, contract) > Share(after, contract)) return false;
        _items = after;
        (Hash256 Contract, Int128 Excess)[] over = [.. after.Select(item => item.Contract).Distinct().Select(each => (each, (Int128)SizeOf(after, each) - Share(after, each))).Where(each => each.Item2 > 0)];
        foreach ((Hash256 rich, _) in over.OrderByDescending(each => each.Excess).ThenBy(each => each.Contract.ToString(), StringComparer.Ordinal))
        {
            while (Size > ContractCache.Room && SizeOf(_items, rich) > Share(after, rich)) Forget(rich);
        }

        return true;
    }

    public void SetExpiration(Hash256 contract, Vec<byte> key, ulong seconds)
    {
        Expire();
        _items = [.. _items.Select(item => Is(item, contract, key) ? item with { End = Now + Math.Min(seconds, ContractCache.LongestLife) } : item)];
        if (seconds == 0) _items.RemoveAll(item => Is(item, contract, key));
    }

    public Vec<byte>? Get(Hash256 contract, Vec<byte> key)
    {
        Expire();
        return _items.Where(item => Is(item, contract, key)).Select(item => (Vec<byte>?)item.Value).FirstOrDefault();
    }

    public Vec<byte>? Remove(Hash256 contract, Vec<byte> key)
    {
        Vec<byte>? value = Get(contract, key);
        _items.RemoveAll(item => Is(item, contract, key));
        return value;
    }

    private static bool Is(Item item, Hash256 contract, Vec<byte> key) => item.Contract == contract && item.Key == key;

    private static long SizeOf(List<Item> items, Hash256 contract) => items.Where(item => item.Contract == contract).Sum(item => item.Size);

    private Int128 Share(List<Item> items, Hash256 contract) =>
        (Int128)ContractCache.Room * _weights[contract] / Math.Max(1, items.Select(item => item.Contract).Distinct().Sum(each => (long)_weights[each]));

    private void Expire() => Forgotten = (Forgotten.ForRoom, Forgotten.Expired + _items.RemoveAll(item => item.End <= Now));

    private void Forget(Hash256 contract)
    {
        _items.Remove(_items.Where(item => item.Contract == contract).OrderBy(item => item.End).ThenBy(item => item.Order).First());
        Forgotten = (Forgotten.ForRoom + 1, Forgotten.Expired);
    }

    private sealed record Item(Hash256 Contract, Vec<byte> Key, Vec<byte> Value, long Size, ulong End, ulong Order);
}
