using System.Globalization;
using Phala.Clusters.Pink;
using Phala.Codec;
using Phala.Tests.Node.Rpc;
using Phala.Trie;
using Phala.Worker.Contracts;
using Xunit;

namespace Phala.Tests.Worker.Contracts;

/// <summary>What a worker remembers for contracts: for how long, how much, and for whom.</summary>
public sealed class ContractCacheTests
{
    private static readonly int Operations = int.Parse(Environment.GetEnvironmentVariable("PHALA_CACHE_OPERATIONS") ?? "10000", CultureInfo.InvariantCulture);

    private static readonly Hash256 Alice = Contract(1), Bob = Contract(2), Charlie = Contract(3);

    private readonly ManualTime _time = new();
    private readonly ContractCache _cache;

    public ContractCacheTests() => _cache = new ContractCache(_time);

    [Fact]
    public void A_value_is_found_by_the_contract_that_has_stored_it_and_by_no_other()
    {
        Assert.True(_cache.TrySet(Alice, 1, Bytes("key"), Bytes("value")));
        Assert.Equal(Bytes("value"), _cache.Get(Alice, Bytes("key")));
        Assert.Null(_cache.Get(Bob, Bytes("key")));
        Assert.Null(_cache.Remove(Bob, Bytes("key")));
        _cache.SetExpiration(Bob, Bytes("key"), 0);
        Assert.Equal(Bytes("value"), _cache.Remove(Alice, Bytes("key")));
        Assert.Null(_cache.Get(Alice, Bytes("key")));
        Assert.Equal(0, _cache.Size);
    }

    [Fact]
    public void A_value_lives_for_a_week_or_as_long_as_its_contract_says()
    {
        foreach (string key in (string[])["week", "minute", "ever", "never"]) Assert.True(_cache.TrySet(Alice, 1, Bytes(key), Bytes("x")));
        _cache.SetExpiration(Alice, Bytes("minute"), 60);
        _cache.SetExpiration(Alice, Bytes("ever"), ulong.MaxValue);
        _cache.SetExpiration(Alice, Bytes("never"), 0);
        Assert.Null(_cache.Get(Alice, Bytes("never")));
        _time.Advance(TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(1));
        Assert.NotNull(_cache.Get(Alice, Bytes("minute")));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(_cache.Get(Alice, Bytes("minute")));
        _time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(1));
        Assert.NotNull(_cache.Get(Alice, Bytes("week")));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(_cache.Get(Alice, Bytes("week")));
        _time.Advance(TimeSpan.FromDays(3642));
        Assert.NotNull(_cache.Get(Alice, Bytes("ever")));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Null(_cache.Get(Alice, Bytes("ever")));
        Assert.Equal(0, _cache.Size);
    }

    /// <summary>M-03: nobody has looked since, and the value is gone all the same; nor does a clock that goes back bring it.</summary>
    [Fact]
    public void What_has_expired_is_not_brought_back()
    {
        Assert.True(_cache.TrySet(Alice, 1, Bytes("key"), Bytes("value")));
        _cache.SetExpiration(Alice, Bytes("key"), 10);
        _time.Advance(TimeSpan.FromSeconds(10));
        _cache.SetExpiration(Alice, Bytes("key"), 1000);
        Assert.Null(_cache.Get(Alice, Bytes("key")));
        _time.Advance(TimeSpan.FromSeconds(-10));
        Assert.Null(_cache.Get(Alice, Bytes("key")));
        Assert.Null(_cache.Remove(Alice, Bytes("key")));
        Assert.Equal(0, _cache.Size);
    }

    [Fact]
    public void A_value_that_is_stored_again_begins_anew()
    {
        Assert.True(_cache.TrySet(Alice, 1, Bytes("key"), Bytes("old")));
        _cache.SetExpiration(Alice, Bytes("key"), 10);
        Assert.True(_cache.TrySet(Alice, 1, Bytes("key"), Bytes("new")));
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(Bytes("new"), _cache.Get(Alice, Bytes("key")));
        Assert.Equal(ContractCache.EntryOverhead + 6, _cache.Size);
    }

    [Fact]
    public void One_contract_alone_has_all_the_room_to_the_last_byte()
    {
        Assert.False(_cache.TrySet(Alice, 1, Bytes("k"), Large(ContractCache.Room - ContractCache.EntryOverhead)));
        Assert.True(_cache.TrySet(Alice, 1, Bytes("k"), Large(ContractCache.Room - ContractCache.EntryOverhead - 1)));
        Assert.Equal(ContractCache.Room, _cache.Size);
        Assert.False(_cache.TrySet(Alice, 1, Bytes("l"), default));
        Assert.True(_cache.TrySet(Alice, 1, Bytes("k"), Bytes("small")));
        Assert.False(_cache.TrySet(Alice, 1, Bytes("k"), Large(ContractCache.Room)));
        Assert.Equal(Bytes("small"), _cache.Get(Alice, Bytes("k")));
    }

    [Fact]
    public void Shares_are_as_weights()
    {
        Assert.True(_cache.TrySet(Alice, 3, Bytes("k"), default));
        Assert.False(_cache.TrySet(Bob, 1, Bytes("k"), Large((ContractCache.Room / 4) - ContractCache.EntryOverhead)));
        Assert.True(_cache.TrySet(Bob, 1, Bytes("k"), Large((ContractCache.Room / 4) - ContractCache.EntryOverhead - 1)));
        Assert.False(_cache.TrySet(Alice, 3, Bytes("k"), Large((ContractCache.Room / 4 * 3) - ContractCache.EntryOverhead)));
        Assert.True(_cache.TrySet(Alice, 3, Bytes("k"), Large((ContractCache.Room / 4 * 3) - ContractCache.EntryOverhead - 1)));
        Assert.Equal(ContractCache.Room, _cache.Size);
        Assert.True(_cache.TrySet(Charlie, uint.MaxValue, Bytes("k"), Large(ContractCache.Room / 2)));
        Assert.InRange(_cache.Size, ContractCache.Room / 2, ContractCache.Room);
    }

    [Fact]
    public void Without_a_weight_nothing_is_remembered()
    {
        Assert.False(_cache.TrySet(Alice, 0, Bytes("a"), default));
        Assert.True(_cache.TrySet(Alice, 1, Bytes("a"), default));
        Assert.True(_cache.TrySet(Bob, 1, Bytes("b"), default));
        Assert.False(_cache.TrySet(Alice, 0, Bytes("b"), default));
        Assert.Null(_cache.Get(Alice, Bytes("a")));
        Assert.True(_cache.TrySet(Bob, 1, Bytes("b"), Large(ContractCache.Room - ContractCache.EntryOverhead - 1)));
    }

    /// <summary>What a contract has in excess of its share goes when others need it, what would end first first; what others have in their shares stays.</summary>
    [Fact]
    public void Another_weight_counts_at_once()
    {
        byte[] half = new byte[ContractCache.Room / 2];
        Assert.True(_cache.TrySet(Alice, 1, Bytes("key"), Bytes("value")));
        Assert.False(_cache.TrySet(Bob, 1, Bytes("key"), Vec.Create<byte>(half)));
        _cache.SetWeight(Bob, 7);
        _cache.SetWeight(Alice, 1);
        Assert.NotNull(_cache.Get(Alice, Bytes("key")));
        _cache.SetWeight(Alice, 0);
        Assert.Null(_cache.Get(Alice, Bytes("key")));
        Assert.Equal(0, _cache.Size);
        Assert.True(_cache.TrySet(Bob, 1, Bytes("key"), Vec.Create<byte>(half)));
    }

    [Fact]
    public void Who_had_all_the_room_gives_way_to_who_comes()
    {
        for (int i = 0; i < 16; i++)
        {
            Assert.True(_cache.TrySet(Alice, 1, Bytes($"{i:d2}"), Large((ContractCache.Room / 16) - ContractCache.EntryOverhead - 2)));
            _cache.SetExpiration(Alice, Bytes($"{i:d2}"), (ulong)(1000 - i));
        }

        Assert.True(_cache.TrySet(Bob, 1, Bytes("b"), Large(ContractCache.Room / 4)));
        Assert.Equal([.. Enumerable.Range(0, 11)], Enumerable.Range(0, 16).Where(i => _cache.Get(Alice, Bytes($"{i:d2}")) is not null));
        Assert.True(_cache.TrySet(Charlie, 2, Bytes("c"), Large((ContractCache.Room / 2) - ContractCache.EntryOverhead - 1)));
        Assert.NotNull(_cache.Get(Charlie, Bytes("c")));
        Assert.Null(_cache.Get(Bob, Bytes("b")));
        Assert.Equal([.. Enumerable.Range(0, 4)], Enumerable.Range(0, 16).Where(i => _cache.Get(Alice, Bytes($"{i:d2}")) is not null));
        Assert.InRange(_cache.Size, 0, ContractCache.Room);
    }

    [Fact]
    public void What_commands_say_is_done()
    {
        _cache.Apply(Alice, 1, new CacheOperation.Set(Bytes("a"), Bytes("1")));
        _cache.Apply(Alice, 1, new CacheOperation.Set(Bytes("b"), Bytes("2")));
        _cache.Apply(Bob, 0, new CacheOperation.Set(Bytes("a"), Bytes("3")));
        _cache.Apply(Alice, 1, new CacheOperation.SetExpiration(Bytes("a"), 5));
        _cache.Apply(Alice, 1, new CacheOperation.Remove(Bytes("b")));
        Assert.Equal((Bytes("1"), null, null), (_cache.Get(Alice, Bytes("a")), _cache.Get(Alice, Bytes("b")), _cache.Get(Bob, Bytes("a"))));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(_cache.Get(Alice, Bytes("a")));
    }

    [Fact]
    public void It_does_what_a_list_would_do()
    {
        Random random = new(10_000);
        CacheModel model = new();
        (int stored, int refused, int found) = (0, 0, 0);
        for (int i = 0; i < Operations; i++)
        {
            Hash256 contract = Contract(random.Next(1, 9));
            Vec<byte> key = Bytes($"{random.Next(24)}");
            switch (random.Next(20))
            {
                case < 9:
                    uint weight = random.Next(40) == 0 ? 0 : (uint)random.Next(1, 4);
                    Vec<byte> value = Stamped(i, random.Next(10) == 0 ? random.Next(1 << 23) : random.Next(1 << random.Next(13, 23)));
                    bool isStored = _cache.TrySet(contract, weight, key, value);
                    Assert.Equal(model.TrySet(contract, weight, key, value), isStored);
                    (stored, refused) = isStored ? (stored + 1, refused) : (stored, refused + 1);
                    break;
                case < 12:
                    ulong seconds = random.Next(10) switch { 0 => 0, 1 => ulong.MaxValue, _ => (ulong)random.Next(1, 2000) };
                    _cache.SetExpiration(contract, key, seconds);
                    model.SetExpiration(contract, key, seconds);
                    break;
                case < 13:
                    AssertSame(model.Remove(contract, key), _cache.Remove(contract, key));
                    break;
                case < 14:
                    uint step = random.Next(200) == 0 ? (uint)ContractCache.UsualLife : (uint)random.Next(20);
                    _time.Advance(TimeSpan.FromSeconds(step));
                    model.Now += step;
                    break;
                default:
                    Vec<byte>? expected = model.Get(contract, key);
                    AssertSame(expected, _cache.Get(contract, key));
                    if (expected is not null) found++;
                    break;
            }

            _ = model.Get(contract, key);
            _ = _cache.Get(contract, key);
            Assert.Equal(model.Size, _cache.Size);
            Assert.InRange(_cache.Size, 0, ContractCache.Room);
        }

        Assert.True(stored > Operations / 5 && refused > Operations / 200 && found > Operations / 50, $"{stored} {refused} {found}");
        Assert.True(model.Forgotten.ForRoom > Operations / 500 && model.Forgotten.Expired > Operations / 100 && model.Count > 10, $"{model.Forgotten} {model.Count}");
    }

    [Fact]
    public void Many_threads_may_use_it_at_once()
    {
        Parallel.For(0, 8, thread =>
        {
            Random random = new(thread);
            for (int i = 0; i < 2000; i++)
            {
                Hash256 contract = Contract(random.Next(1, 4));
                Vec<byte> key = Bytes($"{random.Next(50)}");
                if (random.Next(3) == 0) _cache.Remove(contract, key);
                else _cache.TrySet(contract, 1, key, Large(random.Next(1 << 17)));
                _cache.SetExpiration(contract, key, (ulong)random.Next(3));
            }
        });
        Assert.InRange(_cache.Size, 0, ContractCache.Room);
        for (int contract = 1; contract < 4; contract++)
        {
            for (int key = 0; key < 50; key++) _cache.Remove(Contract(contract), Bytes($"{key}"));
        }

        Assert.Equal(0, _cache.Size);
    }

    private static Hash256 Contract(int number) => new([.. Enumerable.Repeat((byte)number, Hash256.Size)]);

    private static Vec<byte> Bytes(string text) => Vec.Create<byte>(System.Text.Encoding.UTF8.GetBytes(text));

    private static Vec<byte> Stamped(int number, int length)
    {
        byte[] bytes = new byte[length + 4];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return Vec.Create<byte>(bytes);
    }

    private static void AssertSame(Vec<byte>? expected, Vec<byte>? actual) => Assert.True(expected is { } value ? actual is { } other && value.AsSpan().SequenceEqual(other.AsSpan()) : actual is null);

    private static Vec<byte> Large(long length) => Vec.Create<byte>(new byte[length]);
}
