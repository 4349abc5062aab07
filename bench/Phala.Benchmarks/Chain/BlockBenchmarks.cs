using BenchmarkDotNet.Attributes;
using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Trie;

namespace Phala.Benchmarks.Chain;

/// <summary>The steps of looking at a block: its hash, its seal, the framing of a signed transfer and that transfer's hash.</summary>
[MemoryDiagnoser]
public class BlockBenchmarks
{
    private const ulong Slot = 1_000_000;

    private readonly AuraAuthorityId[] _authorities;
    private readonly Header _header;
    private readonly OpaqueExtrinsic _transfer;

    public BlockBenchmarks()
    {
        using Sr25519KeyPair keys = Sr25519KeyPair.FromSeed(new byte[Sr25519.SeedLength]);
        _authorities = [new AuraAuthorityId(keys.PublicKey)];
        _header = AuraSeal.Seal(new Header(default, 12_345, TrieRoot.Empty, TrieRoot.Empty, new Digest([AuraSeal.Claim(Slot)])), keys, new byte[Sr25519.EntropyLength]);
        AccountId account = new(keys.PublicKey);
        _transfer = Extrinsic.Signed(
            MultiAddress.Id(account), new MultiSignature(SignatureScheme.Sr25519, new byte[Sr25519.SignatureLength]), [.. Scale.Encode(Era.Mortal(64, 42)), 20, 0, 0], [5, 3, 0, .. account.ToArray(), 4]);
    }

    [Benchmark]
    public Hash256 HeaderHash() => _header.Hash();

    [Benchmark]
    public AuraError SealVerification() => AuraSeal.Verify(_header, new AuraContext(_authorities, Slot - 1, Slot), out _);

    [Benchmark]
    public ExtrinsicError ExtrinsicFraming() => Extrinsic.TryDecode(_transfer, out _);

    [Benchmark]
    public Hash256 ExtrinsicHash() => _transfer.Hash();
}
