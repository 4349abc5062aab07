using System.Collections.Immutable;
using System.Numerics;
using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Runtime.Genesis;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Storage;
using Phala.Runtime.Interface.Versions;
using Phala.Trie;
using Phala.Testing.Chain;
using Phala.Trie.Storage;

namespace Phala.Tests.Runtime.Model;

/// <summary>What calls can change, as plain values: going back is taking the old one.</summary>
internal sealed record ModelState
{
    public ImmutableDictionary<AccountId, ModelAccount> Accounts { get; init; } = ImmutableDictionary<AccountId, ModelAccount>.Empty;

    public BigInteger Issuance { get; init; }

    public AccountId? Sudo { get; init; }

    public ImmutableArray<AccountId> Validators { get; init; } = [];

    public ImmutableArray<AccountId>? Queued { get; init; }

    /// <summary>The keys of the validators, in their order.</summary>
    public ImmutableArray<SessionKeys> Working { get; init; } = [];

    public ImmutableDictionary<AccountId, SessionKeys> NextKeys { get; init; } = ImmutableDictionary<AccountId, SessionKeys>.Empty;

    public uint Session { get; init; }

    public ulong SetId { get; init; }

    /// <summary>The queue: entries, head, and the block of the last entry.</summary>
    public (ulong Count, Hash256 Head, uint Last) Queue { get; init; }

    public ScheduledUpgrade? Pending { get; init; }

    public uint Spec { get; init; }

    public ImmutableList<EventRecord> Events { get; init; } = [];

    /// <summary>The state of a genesis.</summary>
    public static ModelState Begin(GenesisConfig config) => new()
    {
        Accounts = config.Balances.ToImmutableDictionary(
            each => each.Account, each => new ModelAccount(each.Amount, 0, config.Validators.Any(validator => validator.Account == each.Account) ? 1u : 0)),
        Issuance = config.Balances.Aggregate(BigInteger.Zero, (sum, each) => sum + each.Amount),
        Sudo = config.Sudo,
        Validators = [.. config.Validators.Select(validator => validator.Account)],
        Working = [.. config.Validators.Select(validator => validator.Keys)],
        NextKeys = config.Validators.ToImmutableDictionary(validator => validator.Account, validator => validator.Keys),
        Spec = config.SpecVersion,
    };

    /// <summary>Who has a key, of either kind.</summary>
    public AccountId? OwnerOf(SessionKeys keys, AccountId except)
    {
        foreach ((AccountId owner, SessionKeys own) in NextKeys)
        {
            if (owner != except && (own.Aura == keys.Aura || own.Grandpa == keys.Grandpa)) return owner;
        }

        return null;
    }

    /// <summary>The entries of the trie that calls can change.</summary>
    public void Write(TrieOverlay state)
    {
        state.Set(WellKnownKeys.Code, TestChain.LightCode(Spec));
        FrameSystem.LastRuntimeUpgrade.Set(state, new LastRuntimeUpgradeInfo(Spec, PhalaVersion.Of(Spec).SpecName));
        foreach ((AccountId id, ModelAccount account) in Accounts)
        {
            FrameSystem.Account.Set(state, id, new AccountInfo(account.Nonce, account.Consumers, 1, 0, new AccountData((UInt128)account.Free, 0, 0, UInt128.One << 127)));
        }

        FrameSystem.Events.Set(state, [.. Events]);
        FrameSystem.EventCount.Set(state, (uint)Events.Count);
        Balances.TotalIssuance.Set(state, (UInt128)Issuance);
        TransactionPayment.NextFeeMultiplier.Set(state, FixedU128.One);
        if (Sudo is { } sudo) Phala.Runtime.Interface.Sudo.Key.Set(state, sudo);
        if (Pending is { } pending) Upgrade.Pending.Set(state, pending);
        WriteSession(state);
        WriteQueue(state);
    }

    private void WriteQueue(TrieOverlay state)
    {
        byte[] code = new byte[32];
        Blake2b.Hash256("phala native system contract 1"u8, code);
        PhalaPhatContracts.PinkSystemCodeHash.Set(state, new Hash256(code));
        if (Queue.Last == 0) return;
        PhalaMq.QueueHead.Set(state, new QueueHead(Queue.Count, Queue.Head));
        PhalaMq.LastEntry.Set(state, Queue.Last);
    }

    private void WriteSession(TrieOverlay state)
    {
        Phala.Runtime.Interface.Session.Validators.Set(state, [.. Validators]);
        if (Session > 0) Phala.Runtime.Interface.Session.CurrentIndex.Set(state, Session);
        if (Queued is { } queued) Phala.Runtime.Interface.Session.QueuedValidators.Set(state, [.. queued]);
        foreach ((AccountId owner, SessionKeys keys) in NextKeys)
        {
            Phala.Runtime.Interface.Session.NextKeys.Set(state, owner, keys);
            Phala.Runtime.Interface.Session.KeyOwner.Set(state, new KeyOwnerId(new EngineId("aura"u8), Vec.Create(keys.Aura.AsSpan())), owner);
            Phala.Runtime.Interface.Session.KeyOwner.Set(state, new KeyOwnerId(new EngineId("gran"u8), Vec.Create(keys.Grandpa.AsSpan())), owner);
        }

        Aura.Authorities.Set(state, [.. Working.Select(keys => keys.Aura)]);
        Grandpa.Authorities.Set(state, [.. Working.Select(keys => new GrandpaAuthority(keys.Grandpa, 1))]);
        Grandpa.CurrentSetId.Set(state, SetId);
    }
}
