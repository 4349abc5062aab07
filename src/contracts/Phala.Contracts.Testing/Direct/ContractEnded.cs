using Phala.Clusters.Execution;

namespace Phala.Contracts.Testing.Direct;

/// <summary>Leads from where a contract ended its call out of the author's code.</summary>
#pragma warning disable CA1032 // Nobody else throws it.
internal sealed class ContractEnded(CallResult result) : Exception
#pragma warning restore CA1032
{
    internal CallResult Result { get; } = result;
}
