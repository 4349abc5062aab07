using Phala.Testing;

namespace Phala.Fuzz.Targets.Client;

/// <summary>What clients read of others.</summary>
public static class ClientTargets
{
    /// <summary>All targets.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } = [new ContractFileTarget(), new ContractValueTarget()];
}
