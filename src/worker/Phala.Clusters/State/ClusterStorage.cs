using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Phala.Chain;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Clusters.State;

/// <summary>A cluster's state while an entry or a query runs: typed access to an overlay, with transactions inside of each other.</summary>
/// <remarks>
/// <b>Invariant.</b> What a transaction wrote is undone as a whole. Nobody but this class and <see cref="PreparedCodes"/> knows keys; contracts reach their own alone.
/// </remarks>
internal sealed class ClusterStorage(StateSnapshot state)
{
    private readonly StateOverlay _overlay = new(state);
    private readonly HashSet<Hash256> _ended = [];

    private TrieOverlay Main => _overlay.Main;

    /// <summary>Code that is ready.</summary>
    internal PreparedCodes Prepared => new(Main);

    internal void Begin() => _overlay.Begin();

    internal void Commit() => _overlay.Commit();

    internal void Rollback() => _overlay.Rollback();

    /// <summary>The state with all that was written.</summary>
    internal StateSnapshot ToSnapshot() => _overlay.ToSnapshot();

    internal bool TryGetConfig(out ClusterConfig config) => TryGet(StateKeys.Config, out config);

    internal void SetConfig(in ClusterConfig config) => Main.Set(StateKeys.Config, Scale.Encode(config));

    internal bool IsEnded => Main.Contains(StateKeys.End);

    internal UInt128 BalanceOf(in AccountId account) =>
        Main.TryGet(StateKeys.Balance(account), out ReadOnlySpan<byte> value) ? BinaryPrimitives.ReadUInt128LittleEndian(value) : 0;

    /// <summary>All tokens that came in. What accounts have, what is locked and what is reserved for gas adds up to it, so that no sum of them exceeds a number.</summary>
    internal UInt128 Supply => Main.TryGet(StateKeys.Supply, out ReadOnlySpan<byte> value) ? BinaryPrimitives.ReadUInt128LittleEndian(value) : 0;

    /// <summary>Credits tokens that come in, unless all together would be no number.</summary>
    internal bool TryMint(in AccountId account, UInt128 amount)
    {
        if (!Amounts.TryAdd(Supply, amount, out UInt128 sum)) return false;
        Span<byte> value = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(value, sum);
        Main.Set(StateKeys.Supply, value);
        Credit(account, amount);
        return true;
    }

    /// <summary>Adds tokens that were taken from elsewhere to a balance.</summary>
    internal void Credit(in AccountId account, UInt128 amount) => SetBalance(account, checked(BalanceOf(account) + amount));

    /// <summary>Takes from a balance, unless there is less.</summary>
    internal bool TryDebit(in AccountId account, UInt128 amount)
    {
        UInt128 balance = BalanceOf(account);
        if (balance < amount) return false;
        SetBalance(account, balance - amount);
        return true;
    }

    /// <summary>Moves tokens, unless there are less.</summary>
    internal bool TryTransfer(in AccountId from, in AccountId to, UInt128 amount)
    {
        if (amount == 0) return true;
        if (!TryDebit(from, amount)) return false;
        Credit(to, amount);
        return true;
    }

    internal void AddMember(in Sr25519PublicKey worker) => Main.Set(StateKeys.Member(worker), []);

    internal void RemoveMember(in Sr25519PublicKey worker) => Main.Remove(StateKeys.Member(worker));

    internal bool IsNonceUsed(in AccountId sender, in CommandNonce nonce) => Main.Contains(StateKeys.Nonce(sender, nonce));

    internal void UseNonce(in AccountId sender, in CommandNonce nonce, ulong expiry)
    {
        Main.Set(StateKeys.Nonce(sender, nonce), []);
        Main.Set(StateKeys.Expiry(expiry, sender, nonce), []);
    }

    /// <summary>Forgets nonces whose commands have expired: they are refused for that.</summary>
    internal void ForgetNonces(ulong now)
    {
        while (Main.TryGetNextKey([StateKeys.ExpiryMark], out byte[]? key) && key[0] == StateKeys.ExpiryMark)
        {
            if (BinaryPrimitives.ReadUInt64BigEndian(key.AsSpan(1)) >= now) return;
            Main.Remove(key);
            Main.Remove([StateKeys.NonceMark, .. key.AsSpan(1 + sizeof(ulong))]);
        }
    }

    internal bool TryGetContract(in Hash256 contract, out ContractRecord record) => TryGet(StateKeys.Contract(contract), out record);

    /// <summary>Makes a contract, or gives one other code. Code that was added counts the contracts that run it.</summary>
    internal void SetContract(in Hash256 contract, in ContractRecord record)
    {
        bool wasThere = TryGetContract(contract, out ContractRecord before);
        if (wasThere && before.CodeHash != record.CodeHash) Refer(before.CodeHash, isMore: false);
        if (!wasThere || before.CodeHash != record.CodeHash) Refer(record.CodeHash, isMore: true);
        if (!wasThere) SetUsage(contract, UsageOf(contract) with { Items = ContractRecord.Items, Bytes = ContractRecord.Bytes });
        Main.Set(StateKeys.Contract(contract), Scale.Encode(record));
    }

    internal StorageUsage UsageOf(in Hash256 contract) => TryGet(StateKeys.Usage(contract), out StorageUsage usage) ? usage : default;

    internal void SetUsage(in Hash256 contract, in StorageUsage usage)
    {
        if (usage == default) Main.Remove(StateKeys.Usage(contract));
        else Main.Set(StateKeys.Usage(contract), Scale.Encode(usage));
    }

    /// <summary>Ends a contract. What is locked for its storage stays noted until it is given back.</summary>
    internal void RemoveContract(in Hash256 contract)
    {
        if (TryGetContract(contract, out ContractRecord record)) Refer(record.CodeHash, isMore: false);
        while (TryGetNextDependency(contract, out Hash256 code)) RemoveDependency(contract, code);
        _ended.Add(contract);
        Main.Remove(StateKeys.Contract(contract));
        Main.ClearPrefix(StateKeys.Storage(contract, []));
        SetUsage(contract, new StorageUsage(0, 0, UsageOf(contract).Deposit));
    }

    /// <summary>Whether the entry or query has ended a contract, also where that was undone.</summary>
    internal bool HasEnded(in Hash256 contract) => _ended.Contains(contract);

    internal bool TryGetStored(in Hash256 contract, ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value) => Main.TryGet(StateKeys.Storage(contract, key), out value);

    /// <summary>Writes a contract's value and keeps count of what it stores.</summary>
    /// <returns>The length of the value that was there; null where there was none.</returns>
    internal int? SetStored(in Hash256 contract, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        byte[] full = StateKeys.Storage(contract, key);
        StorageUsage usage = UsageOf(contract);
        int? length = Main.TryGet(full, out ReadOnlySpan<byte> before) ? before.Length : null;
        usage = length is { } former
            ? usage with { Bytes = usage.Bytes - (ulong)former + (ulong)value.Length }
            : usage with { Items = usage.Items + 1, Bytes = usage.Bytes + (ulong)(key.Length + value.Length) };
        Main.Set(full, value);
        SetUsage(contract, usage);
        return length;
    }

    /// <summary>Removes a contract's value, where there is one.</summary>
    /// <returns>Its length; null where there was none.</returns>
    internal int? RemoveStored(in Hash256 contract, ReadOnlySpan<byte> key)
    {
        byte[] full = StateKeys.Storage(contract, key);
        if (!Main.TryGet(full, out ReadOnlySpan<byte> before)) return null;
        int length = before.Length;
        StorageUsage usage = UsageOf(contract);
        SetUsage(contract, usage with { Items = usage.Items - 1, Bytes = usage.Bytes - (ulong)(key.Length + length) });
        Main.Remove(full);
        return length;
    }

    /// <summary>The contract's next key in their order.</summary>
    internal bool TryGetNextStored(in Hash256 contract, ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? next)
    {
        byte[] from = StateKeys.Storage(contract, key);
        bool found = Main.TryGetNextKey(from, out byte[]? full) && full.AsSpan().StartsWith(from.AsSpan(0, StateKeys.StoragePrefixLength));
        next = found ? full![StateKeys.StoragePrefixLength..] : null;
        return found;
    }

    internal bool TryGetCode(in Hash256 hash, out CodeRecord record) => TryGet(StateKeys.Code(hash), out record);

    internal bool TryGetCodeBytes(in Hash256 hash, out ReadOnlySpan<byte> bytes) => Main.TryGet(StateKeys.CodeBytes(hash), out bytes);

    internal void SetCode(in Hash256 hash, in CodeRecord record, ReadOnlySpan<byte> code)
    {
        Main.Set(StateKeys.Code(hash), Scale.Encode(record));
        Main.Set(StateKeys.CodeBytes(hash), code);
    }

    internal void RemoveCode(in Hash256 hash)
    {
        Main.Remove(StateKeys.Code(hash));
        Main.Remove(StateKeys.CodeBytes(hash));
        Prepared.Remove(hash);
    }

    internal bool HasDependency(in Hash256 contract, in Hash256 code) => Main.Contains(StateKeys.Dependency(contract, code.AsSpan()));

    /// <summary>Keeps code from being removed as long as the contract is there. The contract pays for the key.</summary>
    internal void AddDependency(in Hash256 contract, in Hash256 code)
    {
        StorageUsage usage = UsageOf(contract);
        SetUsage(contract, usage with { Items = usage.Items + 1, Bytes = usage.Bytes + (2 * Hash256.Size) });
        Main.Set(StateKeys.Dependency(contract, code.AsSpan()), []);
        Refer(code, isMore: true);
    }

    internal void RemoveDependency(in Hash256 contract, in Hash256 code)
    {
        StorageUsage usage = UsageOf(contract);
        SetUsage(contract, usage with { Items = usage.Items - 1, Bytes = usage.Bytes - (2 * Hash256.Size) });
        Main.Remove(StateKeys.Dependency(contract, code.AsSpan()));
        Refer(code, isMore: false);
    }

    /// <summary>Messages that are called at the end of each entry, in the order of their registration.</summary>
    internal Vec<HookRecord> Hooks
    {
        get => Main.TryGet(StateKeys.Hooks, out ReadOnlySpan<byte> value) && Scale.Decode<VecCodec<HookRecord, HookRecord>, Vec<HookRecord>>(value).TryGet(out Vec<HookRecord> hooks) ? hooks : default;
        set
        {
            if (value.Length == 0) Main.Remove(StateKeys.Hooks);
            else Main.Set(StateKeys.Hooks, Scale.Encode<VecCodec<HookRecord, HookRecord>, Vec<HookRecord>>(value));
        }
    }

    /// <summary>A contract's share of workers' time, relative to others; 1 where nobody said.</summary>
    internal uint WeightOf(in Hash256 contract) => Main.TryGet(StateKeys.Weight(contract), out ReadOnlySpan<byte> value) ? BinaryPrimitives.ReadUInt32LittleEndian(value) : 1;

    internal void SetWeight(in Hash256 contract, uint weight)
    {
        Span<byte> value = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(value, weight);
        Main.Set(StateKeys.Weight(contract), value);
    }

    /// <summary>The contract that queries to the log are for: the system contract, unless it named another.</summary>
    internal Hash256? LogHandler => TryGet(StateKeys.LogHandler, out Hash256 handler) ? handler : TryGetConfig(out ClusterConfig config) ? config.SystemContract : null;

    internal void SetLogHandler(in Hash256 contract) => Main.Set(StateKeys.LogHandler, contract.AsSpan());

    /// <summary>The rules by which the next entry is executed.</summary>
    internal RulesVersion Rules
    {
        get => TryGet(StateKeys.Rules, out RulesVersion version) ? version : RulesVersion.First;
        set => Main.Set(StateKeys.Rules, Scale.Encode(value));
    }

    /// <summary>How many messages the cluster has sent to the chain.</summary>
    internal ulong EgressCount => Main.TryGet(StateKeys.Egress, out ReadOnlySpan<byte> value) ? BinaryPrimitives.ReadUInt64LittleEndian(value) : 0;

    /// <summary>Takes the next number of the cluster's messages to the chain.</summary>
    internal ulong NextEgress()
    {
        ulong sequence = EgressCount;
        Span<byte> next = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(next, sequence + 1);
        Main.Set(StateKeys.Egress, next);
        return sequence;
    }

    internal bool TryGetOutcome(ulong count, uint index, [NotNullWhen(true)] out OutcomeRecord? record) => TryGet<OutcomeRecord>(StateKeys.Outcome(count, index), out record);

    internal void SetOutcome(ulong count, uint index, OutcomeRecord record) => Main.Set(StateKeys.Outcome(count, index), Scale.Encode(record));

    /// <summary>Forgets outcomes of entries before one.</summary>
    internal void ForgetOutcomes(ulong before)
    {
        while (Main.TryGetNextKey([StateKeys.OutcomeMark], out byte[]? key) && key[0] == StateKeys.OutcomeMark && BinaryPrimitives.ReadUInt64BigEndian(key.AsSpan(1)) < before) Main.Remove(key);
    }

    /// <summary>Removes everything but the number of the next message to the chain, and notes the end.</summary>
    internal void EndCluster()
    {
        for (byte mark = StateKeys.ConfigMark; mark <= StateKeys.LastMark; mark++)
        {
            if (mark != StateKeys.EgressMark) Main.ClearPrefix([mark]);
        }

        Main.Set(StateKeys.End, []);
    }

    /// <summary>Code of the program is not counted: it is never removed.</summary>
    private void Refer(in Hash256 code, bool isMore)
    {
        if (!TryGetCode(code, out CodeRecord record)) return;
        ulong references = checked(isMore ? record.References + 1 : record.References - 1);
        Main.Set(StateKeys.Code(code), Scale.Encode(record with { References = references }));
    }

    private bool TryGetNextDependency(in Hash256 contract, out Hash256 code)
    {
        byte[] from = StateKeys.Dependency(contract, []);
        bool found = Main.TryGetNextKey(from, out byte[]? full) && full.AsSpan().StartsWith(from);
        code = found ? new Hash256(full.AsSpan(from.Length)) : default;
        return found;
    }

    private void SetBalance(in AccountId account, UInt128 amount)
    {
        byte[] key = StateKeys.Balance(account);
        if (amount == 0)
        {
            Main.Remove(key);
            return;
        }

        Span<byte> value = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(value, amount);
        Main.Set(key, value);
    }

    private bool TryGet<T>(ReadOnlySpan<byte> key, [MaybeNullWhen(false)] out T value)
        where T : IScale<T>
    {
        value = default;
        return Main.TryGet(key, out ReadOnlySpan<byte> bytes) && Scale.Decode<T>(bytes).TryGet(out value);
    }
}
