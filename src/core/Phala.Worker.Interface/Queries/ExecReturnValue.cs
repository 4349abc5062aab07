using Phala.Codec;

namespace Phala.Worker.Interface.Queries;

/// <summary>What a contract returned.</summary>
/// <param name="Flags">Bit 0: everything that the call changed is undone.</param>
/// <param name="Data">The output; of ink! 4 a <c>Result&lt;T, LangError&gt;</c>.</param>
[Scale("pallet_contracts_primitives::ExecReturnValue")]
public sealed partial record ExecReturnValue(uint Flags, Vec<byte> Data)
{
    /// <summary>The flag of what is undone.</summary>
    public const uint RevertFlag = 1;

    /// <summary>Whether what the call changed is undone.</summary>
    public bool IsReverted => (Flags & RevertFlag) != 0;
}
