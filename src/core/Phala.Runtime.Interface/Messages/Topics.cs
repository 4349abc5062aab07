using System.Text;
using Phala.Codec;
using Phala.Trie;

namespace Phala.Runtime.Interface.Messages;

/// <summary>What messages are about. A topic decides who reads a message, and how its payload is encoded.</summary>
/// <remarks>A topic that begins with <c>^</c> is read on the chain alone and never enters the queue. Comments name the payload and who may send it.</remarks>
public static class Topics
{
    /// <summary>Read on the chain alone.</summary>
    public const byte OnChainMark = (byte)'^';

    /// <summary>The longest topic in bytes.</summary>
    public const int MaxLength = 128;

    private const string CommandPrefix = "phala/contract/", CommandSuffix = "/command";

    /// <summary><see cref="SystemEvent"/>, from a pallet: workers and sessions.</summary>
    public static Vec<byte> SystemEvent { get; } = Of("phala/system/event");

    /// <summary><see cref="Messages.GatekeeperLaunch"/>, from a pallet.</summary>
    public static Vec<byte> GatekeeperLaunch { get; } = Of("phala/gatekeeper/launch");

    /// <summary><see cref="Messages.GatekeeperChange"/>, from a pallet.</summary>
    public static Vec<byte> GatekeeperChange { get; } = Of("phala/gatekeeper/change");

    /// <summary><see cref="Messages.ClusterEvent"/>, from a pallet: which clusters there are and who is a member. For every worker.</summary>
    public static Vec<byte> ClusterEvent { get; } = Of("phala/cluster/event");

    /// <summary><see cref="Messages.ClusterKeyMessage"/>, from the gatekeeper: public keys, and secrets wrapped to sessions. For every worker; the chain reads it too.</summary>
    public static Vec<byte> ClusterKeys { get; } = Of("phala/cluster/keys");

    /// <summary><see cref="Messages.ClusterOperation"/>, from a pallet: what a cluster executes besides contracts. For its members.</summary>
    public static Vec<byte> ClusterOperation { get; } = Of("phala/cluster/key");

    /// <summary><see cref="Messages.ContractOperation"/>, from a pallet: for the members of the contract's cluster.</summary>
    public static Vec<byte> ContractOperation { get; } = Of("phala/contract/op");

    /// <summary><see cref="Messages.WorkerClusterReport"/>, from a worker; the chain reads it too.</summary>
    public static Vec<byte> WorkerClusterReport { get; } = Of("phala/cluster/worker/report");

    /// <summary><see cref="Messages.RegistryEvent"/>, from a worker, for the chain.</summary>
    public static Vec<byte> RegistryEvent { get; } = Of("^phala/registry/event");

    /// <summary><see cref="Messages.ContractRegistryEvent"/>, from a cluster, for the chain.</summary>
    public static Vec<byte> ContractRegistryEvent { get; } = Of("^phala/registry/contract");

    /// <summary><see cref="Messages.CommandPayload"/>, from an account or a pallet: what a contract is told.</summary>
    public static Vec<byte> Command(in Hash256 contract) => Of(CommandPrefix + Hex.Format(contract.AsSpan())[2..] + CommandSuffix);

    /// <summary>The contract, where a topic is that of its commands.</summary>
    public static bool TryReadCommand(ReadOnlySpan<byte> topic, out Hash256 contract)
    {
        contract = default;
        int digits = 2 * Hash256.Size;
        if (topic.Length != CommandPrefix.Length + digits + CommandSuffix.Length) return false;
        if (!topic.StartsWith("phala/contract/"u8) || !topic.EndsWith("/command"u8)) return false;
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        ReadOnlySpan<byte> hex = topic.Slice(CommandPrefix.Length, digits);
        for (int at = 0; at < bytes.Length; at++)
        {
            int high = Digit(hex[2 * at]), low = Digit(hex[(2 * at) + 1]);
            if ((high | low) < 0) return false;
            bytes[at] = (byte)((high << 4) | low);
        }

        contract = new Hash256(bytes);
        return true;
    }

    /// <summary>Whether messages may have a topic: 1 to <see cref="MaxLength"/> bytes, the first of them none of <c>~!@#$%&amp;*_+-=|&lt;&gt;?,./;:'</c>.</summary>
    public static bool IsValid(ReadOnlySpan<byte> topic) =>
        topic.Length is > 0 and <= MaxLength && "~!@#$%&*_+-=|<>?,./;:'"u8.IndexOf(topic[0]) < 0;

    /// <summary>Whether a topic is read on the chain alone.</summary>
    public static bool IsOnChain(ReadOnlySpan<byte> topic) => topic.Length > 0 && topic[0] == OnChainMark;

    /// <summary>One topic has one spelling: digits in lower case.</summary>
    private static int Digit(byte letter) => letter switch
    {
        >= (byte)'0' and <= (byte)'9' => letter - '0',
        >= (byte)'a' and <= (byte)'f' => letter - 'a' + 10,
        _ => -1,
    };

    private static Vec<byte> Of(string topic) => Vec.Create<byte>(Encoding.ASCII.GetBytes(topic));
}
