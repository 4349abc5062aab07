using Phala.Chain;
using Phala.Codec;
using Phala.Codec.TypeInfo;
using Xunit;

namespace Phala.Tests.Chain;

public sealed class MultiAddressTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(1, 32).Select(value => (byte)value)];

    private static readonly (MultiAddress Address, string Encoded)[] Samples =
    [
        (MultiAddress.Id(new AccountId(Bytes)), "00" + Convert.ToHexStringLower(Bytes)),
        (MultiAddress.Index(63), "01fc"),
        (MultiAddress.Index(64), "010101"),
        (MultiAddress.Raw([7, 8]), "02080708"),
        (MultiAddress.Address32(Bytes), "03" + Convert.ToHexStringLower(Bytes)),
        (MultiAddress.Address20(Bytes.AsSpan(0, 20)), "04" + Convert.ToHexStringLower(Bytes[..20])),
    ];

    [Fact]
    public void EachFormHasItsIndexAndBytes()
    {
        foreach ((MultiAddress address, string encoded) in Samples)
        {
            byte[] bytes = Convert.FromHexString(encoded);
            Assert.Equal(encoded, Convert.ToHexStringLower(Scale.Encode(address)));
            Assert.Equal(address, Scale.Decode<MultiAddress>(bytes).Value);
            Assert.Equal(ScaleError.TrailingBytes, Scale.Decode<MultiAddress>([.. bytes, 0]).Error);
            Assert.NotEqual(ScaleError.None, Scale.Decode<MultiAddress>(bytes.AsSpan()[..^1]).Error);
            if (address.Kind != MultiAddressKind.Raw) Assert.Equal(0, Crypto.Allocation.Of(() => Scale.Decode<MultiAddress>(bytes)));
        }

        Assert.Equal(ScaleError.UnknownVariant, Scale.Decode<MultiAddress>([5, 0]).Error);
        Assert.Equal(Samples.Length, Samples.Select(sample => sample.Address).Distinct().Count());
    }

    [Fact]
    public void OnlyAnIdIsAnAccount()
    {
        Assert.All(Samples, sample => Assert.Equal(
            (sample.Address.Kind == MultiAddressKind.Id, sample.Address.Kind == MultiAddressKind.Id ? new AccountId(Bytes) : default),
            (sample.Address.TryGetId(out AccountId account), account)));
        Assert.All(Samples, sample => Assert.Equal(sample.Address.Kind == MultiAddressKind.Index, sample.Address.TryGetIndex(out uint index) && index is 63 or 64));
        Assert.Equal(20, Samples[^1].Address.Bytes.Length);
        Assert.Throws<ArgumentException>(() => MultiAddress.Address20(Bytes));
    }

    [Fact]
    public void TheOrderIsByFormAndThenByContent()
    {
        MultiAddress[] addresses = [.. Samples.Select(sample => sample.Address)];
        for (int at = 1; at < addresses.Length; at++) Assert.True(MultiAddress.Compare(addresses[at - 1], addresses[at]) < 0);
    }

    [Fact]
    public void MetadataShowsWhatClientsKnow()
    {
        TypeRegistryBuilder builder = new();
        int address = builder.Add<MultiAddress>(), signature = builder.Add<MultiSignature>(), engine = builder.Add<EngineId>();
        TypeRegistry registry = builder.Build();
        TypeDescription described = registry.Types[address];
        Assert.Equal("sp_runtime::multiaddress::MultiAddress", string.Join("::", described.Path));
        Assert.Equal(["Id", "Index", "Raw", "Address32", "Address20"], Variants(described).Select(variant => variant.Name));
        Assert.Equal("sp_runtime::MultiSignature", string.Join("::", registry.Types[signature].Path));
        Assert.Equal(["Ed25519", "Sr25519", "Ecdsa"], Variants(registry.Types[signature]).Select(variant => variant.Name));
        Assert.Equal(65u, ((TypeDefinition.Array)registry.Types[Variants(registry.Types[signature])[2].Fields[0].Type].Definition).Length);
        Assert.Equal(4u, ((TypeDefinition.Array)registry.Types[engine].Definition).Length);
    }

    private static IReadOnlyList<TypeVariant> Variants(TypeDescription type) => ((TypeDefinition.Variant)type.Definition).Variants;
}
