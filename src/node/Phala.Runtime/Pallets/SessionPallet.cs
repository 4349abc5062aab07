using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Trie.Storage;

namespace Phala.Runtime.Pallets;

/// <summary>Ends a session every so many blocks. Then validators that root named begin to work, and validators' new keys count.</summary>
public sealed class SessionPallet : Pallet
{
    /// <summary>More would make justifications too long.</summary>
    private const int MaxValidators = 1000;

    /// <summary>Registers the calls and the hook.</summary>
    public SessionPallet()
        : base(Session.Shape)
    {
        Call<Session.SetKeys>(Weights.SetKeys, OnSetKeys);
        Call<Session.PurgeKeys>(Weights.PurgeKeys, OnPurgeKeys);
        Call<Session.SetValidators>(CostOf(0), call => CostOf(call.Validators.Length), OnSetValidators);
        FinalizeBlock = OnFinalize;
    }

    private static DispatchInfo CostOf(int validators) => new(Weights.SetValidators(validators), DispatchClass.Normal, Pays.Yes);

    private DispatchResult OnSetKeys(CallContext context, Session.SetKeys call)
    {
        if (!context.Origin.IsSigned(out AccountId who)) return DispatchError.BadOrigin;
        if (call.Proof.Length > 0) return Fail(Session.Error.InvalidProof);
        TrieOverlay state = context.State;
        if (!FrameSystem.Account.TryGet(state, who, out _)) return Fail(Session.Error.NoAccount);
        foreach (KeyOwnerId key in KeysOf(call.Keys))
        {
            if (Session.KeyOwner.TryGet(state, key, out AccountId owner) && owner != who) return Fail(Session.Error.DuplicatedKey);
        }

        if (Session.NextKeys.TryGet(state, who, out SessionKeys old)) Forget(state, old);
        else SystemPallet.AddConsumer(state, who);
        foreach (KeyOwnerId key in KeysOf(call.Keys)) Session.KeyOwner.Set(state, key, who);
        Session.NextKeys.Set(state, who, call.Keys);
        return DispatchResult.Ok;
    }

    /// <summary>Validators keep working with their keys until the session ends; one that is to stay has to have keys then.</summary>
    private DispatchResult OnPurgeKeys(CallContext context, Session.PurgeKeys call)
    {
        if (!context.Origin.IsSigned(out AccountId who)) return DispatchError.BadOrigin;
        if (!Session.NextKeys.TryGet(context.State, who, out SessionKeys keys)) return Fail(Session.Error.NoKeys);
        Forget(context.State, keys);
        Session.NextKeys.Remove(context.State, who);
        SystemPallet.RemoveConsumer(context.State, who);
        return DispatchResult.Ok;
    }

    private DispatchResult OnSetValidators(CallContext context, Session.SetValidators call)
    {
        if (!context.Origin.IsRoot) return DispatchError.BadOrigin;
        HashSet<AccountId> seen = [];
        foreach (AccountId validator in call.Validators)
        {
            if (!seen.Add(validator) || !Session.NextKeys.TryGet(context.State, validator, out _)) return Fail(Session.Error.BadValidators);
        }

        if (seen.Count is 0 or > MaxValidators) return Fail(Session.Error.BadValidators);
        Session.QueuedValidators.Set(context.State, call.Validators);
        return DispatchResult.Ok;
    }

    private static void OnFinalize(BlockContext block)
    {
        uint length = Session.Length.Get(block.State);
        if (length == 0 || block.Number % length != 0) return;

        uint index = Session.CurrentIndex.Get(block.State) + 1;
        Session.CurrentIndex.Set(block.State, index);
        block.Deposit(new Session.NewSession(index));
        Rotate(block);
    }

    /// <summary>Whoever has no keys any more does not work any more, unless nobody would.</summary>
    private static void Rotate(BlockContext block)
    {
        TrieOverlay state = block.State;
        Vec<AccountId> wanted = Session.QueuedValidators.TryGet(state, out Vec<AccountId> queued) ? queued : Session.Validators.Get(state);
        Session.QueuedValidators.Remove(state);
        List<AccountId> validators = [];
        List<SessionKeys> keys = [];
        foreach (AccountId validator in wanted)
        {
            if (!Session.NextKeys.TryGet(state, validator, out SessionKeys own)) continue;
            validators.Add(validator);
            keys.Add(own);
        }

        if (validators.Count == 0) return;
        Session.Validators.Set(state, [.. validators]);
        AuraPallet.Change(block, [.. keys.Select(key => key.Aura)]);
        GrandpaPallet.Change(block, [.. keys.Select(key => new GrandpaAuthority(key.Grandpa, 1))]);
    }

    private static void Forget(TrieOverlay state, SessionKeys keys)
    {
        foreach (KeyOwnerId key in KeysOf(keys)) Session.KeyOwner.Remove(state, key);
    }

    private static KeyOwnerId[] KeysOf(SessionKeys keys) =>
        [new(new EngineId("aura"u8), Vec.Create(keys.Aura.AsSpan())), new(new EngineId("gran"u8), Vec.Create(keys.Grandpa.AsSpan()))];
}
