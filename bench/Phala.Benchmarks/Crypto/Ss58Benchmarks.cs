using BenchmarkDotNet.Attributes;
using Phala.Crypto.Keys;

namespace Phala.Benchmarks.Crypto;

/// <summary>Addresses of 32-byte accounts.</summary>
[MemoryDiagnoser]
public class Ss58Benchmarks
{
    private readonly byte[] _account = [.. Enumerable.Repeat((byte)0x33, 32)];
    private readonly string _address = Ss58.Encode([.. Enumerable.Repeat((byte)0x33, 32)], Ss58.PhalaPrefix);

    [Benchmark]
    public Ss58Error Decode() => Ss58.TryDecode(_address, Ss58.PhalaPrefix, _account);

    [Benchmark]
    public string Encode() => Ss58.Encode(_account, Ss58.PhalaPrefix);
}
