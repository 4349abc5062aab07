using Phala.Codec;

namespace Phala.Runtime.Interface.Messages;

/// <summary>A command.</summary>
[Scale("phala_types::contract::InkCommand")]
public abstract partial record InkCommand
{
    private InkCommand()
    {
    }

    /// <summary>A call of a contract's message.</summary>
    /// <param name="Nonce">What distinguishes it from others: at most 32 bytes.</param>
    /// <param name="Message">Selector and arguments.</param>
    /// <param name="Transfer">Tokens that the contract is given.</param>
    /// <param name="GasLimit">What it may take.</param>
    /// <param name="StorageDepositLimit">What it may lock at most; none for any amount.</param>
    [Variant(0)]
    public sealed record InkMessage(Vec<byte> Nonce, Vec<byte> Message, UInt128 Transfer, ulong GasLimit, Option<UInt128> StorageDepositLimit) : InkCommand;
}
