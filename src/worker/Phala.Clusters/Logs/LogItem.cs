using Phala.Chain;
using Phala.Clusters.Execution;
using Phala.Codec;
using Phala.Trie;

namespace Phala.Clusters.Logs;

/// <summary>What a run of a contract leaves in the log of a worker. It is no part of the cluster's state, and may be as secret as that: who reads it is for <see cref="LogReader"/> to say.</summary>
/// <param name="BlockNumber">The number of the block that the contract saw.</param>
/// <param name="Origin">Who sent the command, or asked.</param>
public abstract record LogItem(uint BlockNumber, AccountId Origin)
{
    private const int Overhead = 256;

    /// <summary>About how many bytes of memory it takes.</summary>
    internal int Size => Overhead + this switch
    {
        Line line => line.Message.Length * sizeof(char),
        Event told => (told.Topics.Length * Hash256.Size) + told.Payload.Length,
        MessageOutput output => output.Nonce.Length + output.Output.Length,
        _ => 0,
    };

    /// <summary>A line of text.</summary>
    /// <param name="BlockNumber">The number of the block that the contract saw.</param>
    /// <param name="Origin">Who sent the command, or asked.</param>
    /// <param name="Contract">The contract that it is of.</param>
    /// <param name="Entry">The contract that was called first.</param>
    /// <param name="Mode">What the run was for.</param>
    /// <param name="Timestamp">The time that the contract saw, in milliseconds since 1970.</param>
    /// <param name="Level">1 error, 2 warning, 3 information, 4 debugging, 5 tracing.</param>
    /// <param name="Message">The line.</param>
    /// <param name="IsOfHost">Whether the host wrote it, of how the run ended, and not the contract.</param>
    public sealed record Line(uint BlockNumber, AccountId Origin, Hash256 Contract, Hash256 Entry, ExecutionMode Mode, ulong Timestamp, byte Level, string Message, bool IsOfHost) : LogItem(BlockNumber, Origin);

    /// <summary>An event of a command that stays.</summary>
    /// <param name="BlockNumber">The number of the block that the contract saw.</param>
    /// <param name="Origin">Who sent the command.</param>
    /// <param name="Contract">The contract.</param>
    /// <param name="Topics">Its topics.</param>
    /// <param name="Payload">The event, in the encoding of the contract.</param>
    public sealed record Event(uint BlockNumber, AccountId Origin, Hash256 Contract, Vec<Hash256> Topics, Vec<byte> Payload) : LogItem(BlockNumber, Origin);

    /// <summary>What came of a command.</summary>
    /// <param name="BlockNumber">The number of the block that the contract saw.</param>
    /// <param name="Origin">Who sent it.</param>
    /// <param name="Contract">The contract.</param>
    /// <param name="Nonce">The command's nonce.</param>
    /// <param name="Output">The encoding of a <see cref="Worker.Interface.Queries.ContractExecResult"/> with exact figures, and the selector of the message.</param>
    public sealed record MessageOutput(uint BlockNumber, AccountId Origin, Hash256 Contract, Vec<byte> Nonce, Vec<byte> Output) : LogItem(BlockNumber, Origin);

    /// <summary>Somebody asked a contract something.</summary>
    /// <param name="BlockNumber">The number of the block that the contract saw.</param>
    /// <param name="Origin">Who asked.</param>
    /// <param name="User">Stands for who asked, and is the same for the same account on all members.</param>
    public sealed record QueryIn(uint BlockNumber, AccountId Origin, ulong User) : LogItem(BlockNumber, Origin);

    /// <summary>Something that was too long for the log.</summary>
    /// <param name="BlockNumber">The number of the block that the contract saw.</param>
    /// <param name="Origin">Who sent the command, or asked.</param>
    public sealed record TooLarge(uint BlockNumber, AccountId Origin) : LogItem(BlockNumber, Origin);
}
