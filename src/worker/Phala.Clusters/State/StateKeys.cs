using System.Buffers.Binary;
using Phala.Chain;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Trie;

namespace Phala.Clusters.State;

/// <summary>Where things are in a cluster's state: the first byte says what, the rest of which.</summary>
internal static class StateKeys
{
    internal const byte ConfigMark = 1, BalanceMark = 2, MemberMark = 3, NonceMark = 4, ExpiryMark = 5, ContractMark = 6, StorageMark = 7, EgressMark = 8, CodeMark = 9, OutcomeMark = 10, UsageMark = 11,
        CodeBytesMark = 12, SupplyMark = 13, EndMark = 14, HooksMark = 15, WeightMark = 16, LogHandlerMark = 17, RulesMark = 18, PreparedMark = 19, PreparedOrderMark = 20, PreparedSumMark = 21, DependencyMark = 22;

    /// <summary>The last of them.</summary>
    internal const byte LastMark = DependencyMark;

    /// <summary>The length in bytes of what stands before a contract's own key.</summary>
    internal const int StoragePrefixLength = 1 + Hash256.Size;

    internal static ReadOnlySpan<byte> Config => [ConfigMark];

    internal static ReadOnlySpan<byte> Egress => [EgressMark];

    internal static ReadOnlySpan<byte> Supply => [SupplyMark];

    internal static ReadOnlySpan<byte> End => [EndMark];

    /// <summary>A sequence of <see cref="HookRecord"/> in the order of their registration.</summary>
    internal static ReadOnlySpan<byte> Hooks => [HooksMark];

    /// <summary>The contract that queries to the log are for.</summary>
    internal static ReadOnlySpan<byte> LogHandler => [LogHandlerMark];

    /// <summary><see cref="RulesVersion"/>.</summary>
    internal static ReadOnlySpan<byte> Rules => [RulesMark];

    /// <summary>Of a contract: u32.</summary>
    internal static byte[] Weight(in Hash256 contract) => [WeightMark, .. contract.AsSpan()];

    /// <summary>Bytes of all prepared code, and the next number in their order: two u64.</summary>
    internal static ReadOnlySpan<byte> PreparedSum => [PreparedSumMark];

    /// <summary>Of prepared code: its number in their order, u64 with the most significant byte first.</summary>
    internal static byte[] Prepared(in Hash256 code) => [PreparedMark, .. code.AsSpan()];

    /// <summary>Of prepared code by its number: the code, and its length, u32.</summary>
    internal static byte[] PreparedOrder(ReadOnlySpan<byte> number) => [PreparedOrderMark, .. number];

    /// <summary>Of code that a contract wants to be kept: nothing.</summary>
    internal static byte[] Dependency(in Hash256 contract, ReadOnlySpan<byte> code) => [DependencyMark, .. contract.AsSpan(), .. code];

    /// <summary>Of an account: u128.</summary>
    internal static byte[] Balance(in AccountId account) => [BalanceMark, .. account.AsSpan()];

    /// <summary>Of a member: nothing.</summary>
    internal static byte[] Member(in Sr25519PublicKey worker) => [MemberMark, .. worker.AsSpan()];

    /// <summary>Of a consumed nonce: nothing.</summary>
    internal static byte[] Nonce(in AccountId sender, in CommandNonce nonce) => [NonceMark, .. sender.AsSpan(), .. nonce.AsSpan()];

    /// <summary>Of a consumed nonce by its expiry, so that expired ones come first: nothing.</summary>
    internal static byte[] Expiry(ulong expiry, in AccountId sender, in CommandNonce nonce)
    {
        byte[] key = [ExpiryMark, .. new byte[sizeof(ulong)], .. sender.AsSpan(), .. nonce.AsSpan()];
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(1), expiry);
        return key;
    }

    /// <summary>Of a contract: <see cref="ContractRecord"/>.</summary>
    internal static byte[] Contract(in Hash256 contract) => [ContractMark, .. contract.AsSpan()];

    /// <summary>Of a contract: <see cref="StorageUsage"/>.</summary>
    internal static byte[] Usage(in Hash256 contract) => [UsageMark, .. contract.AsSpan()];

    /// <summary>Of a contract's own key: its value.</summary>
    internal static byte[] Storage(in Hash256 contract, ReadOnlySpan<byte> key) => [StorageMark, .. contract.AsSpan(), .. key];

    /// <summary>Of code: <see cref="CodeRecord"/>.</summary>
    internal static byte[] Code(in Hash256 hash) => [CodeMark, .. hash.AsSpan()];

    /// <summary>Of code: its bytes.</summary>
    internal static byte[] CodeBytes(in Hash256 hash) => [CodeBytesMark, .. hash.AsSpan()];

    /// <summary>Of a command whose receipt could not carry its outcome, the oldest first: <see cref="OutcomeRecord"/>.</summary>
    internal static byte[] Outcome(ulong count, uint index)
    {
        byte[] key = new byte[1 + sizeof(ulong) + sizeof(uint)];
        key[0] = OutcomeMark;
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(1), count);
        BinaryPrimitives.WriteUInt32BigEndian(key.AsSpan(1 + sizeof(ulong)), index);
        return key;
    }
}
