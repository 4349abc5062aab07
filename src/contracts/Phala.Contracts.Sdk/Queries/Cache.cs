using System.Diagnostics.CodeAnalysis;
using Phala.Contracts.Hosting;

namespace Phala.Contracts.Queries;

/// <summary>What one worker remembers for the contract between queries. It may be forgotten at any time, and another worker does not have it.</summary>
public sealed class Cache
{
    private const int Room = 64 * 1024;

    internal Cache()
    {
    }

    /// <summary>Finds a remembered value, of at most 64 KiB.</summary>
    public bool TryGet(byte[] key, [MaybeNullWhen(false)] out byte[] value)
    {
        const uint CacheGet = 8;
        Decoder found = Host.CallExtension(CacheGet, Key(key), Room + 8, out _);
        bool isThere = found.ReadBoolean();
        value = isThere ? found.ReadBytes() : null;
        return isThere;
    }

    /// <summary>Remembers a value, for a week or until there is no room.</summary>
    /// <returns>False where there is no room.</returns>
    public bool TrySet(byte[] key, byte[] value)
    {
        const uint CacheSet = 6;
        Encoder input = Key(key);
        input.WriteBytes(value);
        Host.CallExtension(CacheSet, input, 8, out uint status);
        return status == 0;
    }

    /// <summary>Says for how many seconds from now a value is remembered.</summary>
    public void Expire(byte[] key, ulong seconds)
    {
        const uint CacheSetExpiration = 7;
        Encoder input = Key(key);
        input.WriteUInt64(seconds);
        Host.CallExtension(CacheSetExpiration, input, 8, out _);
    }

    /// <summary>Forgets a value.</summary>
    public void Remove(byte[] key)
    {
        const uint CacheRemove = 9;
        Host.CallExtension(CacheRemove, Key(key), Room + 8, out _);
    }

    private static Encoder Key(byte[] key)
    {
        Encoder input = new(16 + key.Length);
        input.WriteBytes(key);
        return input;
    }
}
