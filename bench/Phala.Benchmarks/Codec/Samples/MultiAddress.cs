using Phala.Codec;

namespace Phala.Benchmarks.Codec.Samples;

/// <summary>The forms of an address.</summary>
[Scale("sp_runtime::multiaddress::MultiAddress")]
public abstract partial record MultiAddress
{
    private MultiAddress()
    {
    }

    /// <summary>A public key.</summary>
    [Variant(0, Unnamed = true)]
    public sealed record Id(AccountId Account) : MultiAddress;

    /// <summary>An index of an account.</summary>
    [Variant(1, Unnamed = true)]
    public sealed record Index([Compact] uint Number) : MultiAddress;

    /// <summary>Any bytes.</summary>
    [Variant(2, Unnamed = true)]
    public sealed record Raw(Vec<byte> Bytes) : MultiAddress;
}
