using System.Diagnostics.CodeAnalysis;
using Phala.Contracts.Hosting;

namespace Phala.Contracts;

/// <summary>A confidential contract: a class whose objects live as long as one call, and whose storage stays.</summary>
/// <remarks>
/// <para>
/// <b>Concept.</b> Constructors, commands and queries are called from outside, with arguments in ink!'s encoding. What is to stay from call to call stands in partial properties of type <see cref="Storage.Value{T}"/>,
/// <see cref="Storage.Map{TKey, TValue}"/> and <see cref="Storage.Vector{T}"/>, each loaded when it is asked for.
/// </para>
/// <para>
/// <b>Invariant.</b> A call that throws, or requires what is not so, changes nothing and tells its caller why. A command has no way to anything that could differ from worker to worker.
/// </para>
/// </remarks>
public abstract class Contract
{
    /// <summary>Who calls: an account, or a contract.</summary>
    protected static AccountId Caller => Host.Caller();

    /// <summary>The contract itself.</summary>
    protected static AccountId Self => Host.Self();

    /// <summary>What came with the call. It is the contract's by now.</summary>
    protected static UInt128 TransferredValue => Host.TransferredValue();

    /// <summary>What the contract has.</summary>
    protected static UInt128 OwnBalance => Host.Balance();

    /// <summary>The number of the block.</summary>
    protected static uint Block => Host.BlockNumber();

    /// <summary>The time of the block in milliseconds since 1970.</summary>
    protected static ulong Now => Host.Now();

    /// <summary>Ends the call with a message unless something is so. What it changed is undone.</summary>
    /// <param name="condition">What has to be so.</param>
    /// <param name="message">What the caller is told otherwise.</param>
    protected static void Require([DoesNotReturnIf(false)] bool condition, string message)
    {
        if (!condition) Entry.Revert(message);
    }

    /// <summary>Emits an event.</summary>
    protected static void Emit<T>(T record)
        where T : IContractEvent => record.Deposit();

    /// <summary>Gives tokens of the contract to an account.</summary>
    /// <returns>False where it has fewer.</returns>
    protected static bool TryTransfer(AccountId to, UInt128 amount) => Host.Transfer(to, amount);

    /// <summary>Gives tokens of the contract to an account, or ends the call.</summary>
    protected static void Transfer(AccountId to, UInt128 amount) => Require(Host.Transfer(to, amount), "The contract has too little to transfer.");

    /// <summary>Writes a line to the log of the worker. It is no part of what anybody else computes.</summary>
    protected static void Log(string line) => Log(LogLevel.Information, line);

    /// <summary>Writes a line to the log of the worker.</summary>
    protected static void Log(LogLevel level, string line)
    {
        const uint Log = 10;
        Encoder input = new(64);
        input.WriteByte((byte)level);
        input.WriteString(line);
        Host.CallExtension(Log, input, 0, out _);
    }
}
