using Phala.Clusters.Execution;
using Phala.Clusters.Native;

namespace Phala.Tests.Worker;

/// <summary>The vault, with a fault of ours in it.</summary>
internal sealed class FaultyContract : ContractCode
{
    /// <summary>What the fault's own words say, and nobody may read.</summary>
    public const string Secret = "a secret of the contract's";

    private readonly VaultContract _vault = new();

    public bool IsBroken { get; set; }

    public override CallResult Construct(CallContext call, ReadOnlySpan<byte> input) => _vault.Construct(call, input);

    public override CallResult Call(CallContext call, ReadOnlySpan<byte> input) => IsBroken ? throw new InvalidOperationException(Secret) : _vault.Call(call, input);
}
