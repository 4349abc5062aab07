using Phala.Chain;

namespace Phala.Tests.Clusters.Wasm.Model;

/// <summary>One thing that a contract of <see cref="ContractModel"/> does.</summary>
internal abstract record ModelStep
{
    public sealed record Set(byte Key, byte[] Value) : ModelStep;

    public sealed record Clear(byte Key) : ModelStep;

    public sealed record Length(byte Key) : ModelStep;

    public sealed record Pay(AccountId To, byte Amount) : ModelStep;

    public sealed record Emit(byte[] Data) : ModelStep;

    public sealed record Call(int Callee, byte Value, bool AllowsReentry, IReadOnlyList<ModelStep> Steps) : ModelStep;

    public sealed record Lend(IReadOnlyList<ModelStep> Steps) : ModelStep;

    /// <summary>Ends the contract. Nothing comes after it.</summary>
    public sealed record Terminate(AccountId Beneficiary) : ModelStep;

    /// <summary>Ends the call without keeping what it did. Nothing comes after it.</summary>
    public sealed record GiveUp(bool Traps) : ModelStep;
}
