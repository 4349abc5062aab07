using Phala.Codec;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;

namespace Phala.Worker.Interface.Queries;

/// <summary>What is asked of a contract.</summary>
[Scale]
public abstract partial record InkQueryData
{
    private InkQueryData()
    {
    }

    /// <summary>A message of the contract. The answer is the encoding of a <see cref="ContractExecResult"/>.</summary>
    /// <param name="Payload">Selector and arguments.</param>
    /// <param name="Deposit">Tokens that the caller has more than it has, while the query runs.</param>
    /// <param name="Transfer">Tokens that the contract is given, while the query runs.</param>
    /// <param name="Estimating">Whether it runs as a command would, to learn what that takes.</param>
    [Variant(0)]
    public sealed record InkMessage(Vec<byte> Payload, UInt128 Deposit, UInt128 Transfer, bool Estimating) : InkQueryData;

    /// <summary>What is asked of the program beside a contract: here of the log, of the contract that is named as its (driver <c>PinkLogger</c>), or else of the system contract. Request and answer are JSON.</summary>
    /// <param name="Data">The request.</param>
    [Variant(1, Unnamed = true)]
    public sealed record SidevmQuery(Vec<byte> Data) : InkQueryData;

    /// <summary>A constructor, as an estimate. The answer is the encoding of a <see cref="ContractInstantiateResult"/>.</summary>
    /// <param name="CodeHash">The code.</param>
    /// <param name="Salt">What distinguishes the contract from others of the same deployer and code.</param>
    /// <param name="InstantiateData">Selector and arguments of the constructor.</param>
    /// <param name="Deposit">Tokens that the caller has more than it has, while the query runs.</param>
    /// <param name="Transfer">Tokens that the contract is given, while the query runs.</param>
    [Variant(2)]
    public sealed record InkInstantiate(Hash256 CodeHash, Vec<byte> Salt, Vec<byte> InstantiateData, UInt128 Deposit, UInt128 Transfer) : InkQueryData;

    /// <summary>The outcome of one of the caller's commands that its receipt could not carry. The answer is the encoding of an <see cref="Receipts.OpenedOutcome"/>.</summary>
    /// <param name="Message">The command.</param>
    [Variant(64)]
    public sealed record CommandOutput(MessageId Message) : InkQueryData;
}
