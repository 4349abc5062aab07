using System.Collections.Immutable;
using Phala.Chain;
using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Workers;
using Phala.Trie;

namespace Phala.Tests.Runtime.Model;

/// <summary>What each call does, on whose behalf: an account's, or root's where there is none.</summary>
internal sealed class ModelCalls(ModelChain chain, ModelBalances balances, Reach reach)
{
    private const int MostCalls = 10_922, MostValidators = 1000;

    private const uint LatestSpec = 1001;

    /// <summary>Executes a call. One that fails leaves state and events as they were.</summary>
    public ModelResult Dispatch(RuntimeCall call, AccountId? origin)
    {
        ModelState before = chain.State;
        ModelResult result = Invoke(call, origin);
        if (result.Error is not null) chain.State = before;
        reach.Note(call.Shape, result.Error);
        return result;
    }

    public static AccountId Derivative(AccountId of, ushort index)
    {
        byte[] account = new byte[32];
        Blake2b.Hash256([.. "modlpy/utilisuba"u8, .. of.AsSpan(), (byte)index, (byte)(index >> 8)], account);
        return new AccountId(account);
    }

    private ModelResult Invoke(RuntimeCall call, AccountId? origin) => call switch
    {
        RuntimeCall<FrameSystem.Remark> => ModelResult.Ok,
        RuntimeCall<FrameSystem.RemarkWithEvent> remark => Signed(origin, who => Remark(who, remark.Arguments.Remark)),
        RuntimeCall<Timestamp.Set> => DispatchError.BadOrigin,
        RuntimeCall<Balances.TransferAllowDeath> transfer => Signed(origin, who => At(transfer.Arguments.Dest, to => balances.Transfer(who, to, transfer.Arguments.Value, false))),
        RuntimeCall<Balances.TransferKeepAlive> transfer => Signed(origin, who => At(transfer.Arguments.Dest, to => balances.Transfer(who, to, transfer.Arguments.Value, true))),
        RuntimeCall<Balances.TransferAll> transfer => Signed(origin, who => At(transfer.Arguments.Dest, to => balances.Transfer(who, to, balances.Reducible(who, transfer.Arguments.KeepAlive), transfer.Arguments.KeepAlive))),
        RuntimeCall<Balances.ForceTransfer> transfer => Root(origin, () => At(transfer.Arguments.Source, from => At(transfer.Arguments.Dest, to => balances.Transfer(from, to, transfer.Arguments.Value, false)))),
        RuntimeCall<Balances.ForceSetBalance> set => Root(origin, () => At(set.Arguments.Who, who => balances.SetBalance(who, set.Arguments.NewFree))),
        RuntimeCall<Balances.Burn> burn => Signed(origin, who => balances.Burn(who, burn.Arguments.Value, burn.Arguments.KeepAlive)),
        RuntimeCall<Utility.Batch> batch => Batch(batch.Arguments.Calls, origin),
        RuntimeCall<Utility.BatchAll> batch => BatchAll(batch.Arguments.Calls, origin),
        RuntimeCall<Utility.ForceBatch> batch => ForceBatch(batch.Arguments.Calls, origin),
        RuntimeCall<Utility.AsDerivative> derived => Signed(origin, who => AsDerivative(who, derived.Arguments)),
        RuntimeCall<Sudo.SudoCall> sudo => AsSudo(origin, () => Sudid(sudo.Arguments.Call)),
        RuntimeCall<Sudo.SudoUncheckedWeight> sudo => AsSudo(origin, () => Sudid(sudo.Arguments.Call)),
        RuntimeCall<Sudo.SudoAs> sudo => AsSudo(origin, () => At(sudo.Arguments.Who, who => SudoAs(who, sudo.Arguments.Call))),
        RuntimeCall<Sudo.SetKey> set => AsSudo(origin, () => At(set.Arguments.New, SetKey)),
        RuntimeCall<Sudo.RemoveKey> => AsSudo(origin, RemoveKey),
        RuntimeCall<Session.SetKeys> set => Signed(origin, who => SetKeys(who, set.Arguments)),
        RuntimeCall<Session.PurgeKeys> => Signed(origin, PurgeKeys),
        RuntimeCall<Session.SetValidators> set => Root(origin, () => SetValidators(set.Arguments.Validators.ToArray())),
        RuntimeCall<Upgrade.Schedule> schedule => Root(origin, () => Schedule(schedule.Arguments)),
        RuntimeCall<Upgrade.Cancel> => Root(origin, Cancel),
        RuntimeCall<PhalaMq.PushMessage> push => Signed(origin, who => Push(new MessageOrigin.AccountId(who), push.Arguments.Destination, push.Arguments.Payload)),
        RuntimeCall<PhalaMq.ForcePushPalletMessage> push => Root(origin, () => Push(new MessageOrigin.Pallet(Vec.Create("ForcePushed"u8)), push.Arguments.Destination, push.Arguments.Payload)),
        RuntimeCall<PhalaRegistry.AddPruntime> add => Root(origin, () => Allow(add.Arguments.PruntimeHash)),
        RuntimeCall<PhalaRegistry.RemovePruntime> remove => Root(origin, () => Forbid(remove.Arguments.PruntimeHash)),
        RuntimeCall<PhalaRegistry.SetMinimumPruntimeVersion> set => Root(origin, () => SetMinimum(set.Arguments)),
        _ => throw new ArgumentException($"The model does not know {call}.", nameof(call)),
    };

    /// <summary>No contract exists here, so that what is no command of one is for all.</summary>
    private ModelResult Push(MessageOrigin sender, Vec<byte> topic, Vec<byte> payload)
    {
        string text = System.Text.Encoding.ASCII.GetString(topic.AsSpan());
        if (payload.Length > 256 * 1024) return DispatchError.Module(40, 4);
        if (text.Length == 0 || text[0] == '!' || text.EndsWith("/command", StringComparison.Ordinal)) return DispatchError.Module(40, 2);
        if (text[0] == '^') return ModelResult.Ok;
        chain.Tell(new PhalaMq.Pushed(new MessageId(chain.State.Queue.Count + 1, Channel.System, (uint)chain.State.Messages.Count), sender, topic));
        chain.State = chain.State with { Messages = chain.State.Messages.Add(new Message(sender, topic, payload)) };
        return ModelResult.Ok;
    }

    private ModelResult Allow(Measurement program)
    {
        ImmutableList<(Measurement Program, uint Since)> allowed = chain.State.Allowed ?? [];
        if (allowed.Any(each => each.Program == program)) return DispatchError.Module(41, 28);
        chain.State = chain.State with { Allowed = allowed.Add((program, chain.Number)) };
        chain.Tell(new PhalaRegistry.PruntimeAdded(program));
        return ModelResult.Ok;
    }

    private ModelResult Forbid(Measurement program)
    {
        if (chain.State.Allowed is not { } allowed || allowed.All(each => each.Program != program)) return DispatchError.Module(41, 29);
        chain.State = chain.State with { Allowed = allowed.RemoveAll(each => each.Program == program) };
        chain.Tell(new PhalaRegistry.PruntimeRemoved(program));
        return Push(new MessageOrigin.Pallet(Vec.Create("PhalaRegistry"u8)), Topics.SystemEvent, Vec.Create<byte>([65, .. Scale.Encode(program)]));
    }

    private ModelResult SetMinimum(PhalaRegistry.SetMinimumPruntimeVersion call)
    {
        chain.State = chain.State with { Minimum = (call.Major, call.Minor, call.Patch) };
        chain.Tell(new PhalaRegistry.MinimumPRuntimeVersionChangedTo(call.Major, call.Minor, call.Patch));
        return ModelResult.Ok;
    }

    private static ModelResult Signed(AccountId? origin, Func<AccountId, ModelResult> then) => origin is { } who ? then(who) : DispatchError.BadOrigin;

    private static ModelResult Root(AccountId? origin, Func<ModelResult> then) => origin is null ? then() : DispatchError.BadOrigin;

    private static ModelResult At(MultiAddress address, Func<AccountId, ModelResult> then) => address.Kind == MultiAddressKind.Id ? then(new AccountId(address.Bytes)) : DispatchError.CannotLookup;

    /// <summary>The sudo account pays nothing for what it does as such.</summary>
    private ModelResult AsSudo(AccountId? origin, Func<ModelResult> then)
    {
        if (origin is { } who && who != chain.State.Sudo) return DispatchError.Module(6, 0);
        ModelResult result = then();
        return result.Error is null ? new ModelResult(null, IsFree: true) : result;
    }

    private ModelResult Remark(AccountId who, Vec<byte> remark)
    {
        byte[] hash = new byte[32];
        Blake2b.Hash256(remark.AsSpan(), hash);
        chain.Tell(new FrameSystem.Remarked(who, new Hash256(hash)));
        return ModelResult.Ok;
    }

    private ModelCost Item(RuntimeCall call, AccountId? origin, out DispatchError? error)
    {
        ModelResult result = Dispatch(call, origin);
        error = result.Error;
        return (result.Cost ?? ModelWeights.Of(call)) + ModelWeights.Item;
    }

    private ModelResult Batch(Vec<RuntimeCall> calls, AccountId? origin)
    {
        if (calls.Length > MostCalls) return DispatchError.Module(7, 0);
        ModelCost cost = ModelWeights.Batch;
        for (int at = 0; at < calls.Length; at++)
        {
            cost += Item(calls[at], origin, out DispatchError? error);
            if (error is { } why)
            {
                chain.Tell(new Utility.BatchInterrupted((uint)at, why));
                return new ModelResult(null, cost);
            }

            chain.Tell(new Utility.ItemCompleted());
        }

        chain.Tell(new Utility.BatchCompleted());
        return new ModelResult(null, cost);
    }

    private ModelResult BatchAll(Vec<RuntimeCall> calls, AccountId? origin)
    {
        if (calls.Length > MostCalls) return DispatchError.Module(7, 0);
        ModelCost cost = ModelWeights.Batch;
        foreach (RuntimeCall call in calls)
        {
            cost += Item(call, origin, out DispatchError? error);
            if (error is not null) return new ModelResult(error, cost);
            chain.Tell(new Utility.ItemCompleted());
        }

        chain.Tell(new Utility.BatchCompleted());
        return new ModelResult(null, cost);
    }

    private ModelResult ForceBatch(Vec<RuntimeCall> calls, AccountId? origin)
    {
        if (calls.Length > MostCalls) return DispatchError.Module(7, 0);
        ModelCost cost = ModelWeights.Batch;
        bool failed = false;
        foreach (RuntimeCall call in calls)
        {
            cost += Item(call, origin, out DispatchError? error);
            failed |= error is not null;
            if (error is { } why) chain.Tell(new Utility.ItemFailed(why));
            else chain.Tell(new Utility.ItemCompleted());
        }

        if (failed) chain.Tell(new Utility.BatchCompletedWithErrors());
        else chain.Tell(new Utility.BatchCompleted());
        return new ModelResult(null, cost);
    }

    private ModelResult AsDerivative(AccountId who, Utility.AsDerivative call)
    {
        ModelResult result = Dispatch(call.Call, Derivative(who, call.Index));
        return new ModelResult(result.Error, (result.Cost ?? ModelWeights.Of(call.Call)) + new ModelCost(ModelWeights.Derivative));
    }

    private ModelResult Sudid(RuntimeCall call)
    {
        chain.Tell(new Sudo.Sudid(Outcome(Dispatch(call, null))));
        return ModelResult.Ok;
    }

    private ModelResult SudoAs(AccountId who, RuntimeCall call)
    {
        chain.Tell(new Sudo.SudoAsDone(Outcome(Dispatch(call, who))));
        return ModelResult.Ok;
    }

    private static Result<Unit, DispatchError> Outcome(ModelResult result) =>
        result.Error is { } error ? Result<Unit, DispatchError>.Err(error) : Result<Unit, DispatchError>.Ok(default);

    private ModelResult SetKey(AccountId key)
    {
        Option<AccountId> old = chain.State.Sudo is { } before ? new(before) : default;
        chain.State = chain.State with { Sudo = key };
        chain.Tell(new Sudo.KeyChanged(old, key));
        return ModelResult.Ok;
    }

    private ModelResult RemoveKey()
    {
        chain.State = chain.State with { Sudo = null };
        chain.Tell(new Sudo.KeyRemoved());
        return ModelResult.Ok;
    }

    private ModelResult SetKeys(AccountId who, Session.SetKeys call)
    {
        if (call.Proof.Length > 0) return DispatchError.Module(8, 0);
        if (chain.AccountOf(who) is not { } account) return DispatchError.Module(8, 4);
        if (chain.State.OwnerOf(call.Keys, who) is not null) return DispatchError.Module(8, 2);
        if (!chain.State.NextKeys.ContainsKey(who)) chain.Put(who, account with { Consumers = account.Consumers + 1 });
        chain.State = chain.State with { NextKeys = chain.State.NextKeys.SetItem(who, call.Keys) };
        return ModelResult.Ok;
    }

    private ModelResult PurgeKeys(AccountId who)
    {
        if (!chain.State.NextKeys.ContainsKey(who)) return DispatchError.Module(8, 3);
        chain.State = chain.State with { NextKeys = chain.State.NextKeys.Remove(who) };
        if (chain.AccountOf(who) is { } account) chain.Put(who, account with { Consumers = account.Consumers - 1 });
        return ModelResult.Ok;
    }

    private ModelResult SetValidators(AccountId[] validators)
    {
        bool good = validators.Length is > 0 and <= MostValidators && validators.Distinct().Count() == validators.Length && validators.All(chain.State.NextKeys.ContainsKey);
        if (!good) return DispatchError.Module(8, 16);
        chain.State = chain.State with { Queued = [.. validators] };
        return ModelResult.Ok;
    }

    private ModelResult Schedule(Upgrade.Schedule call)
    {
        if (call.SpecVersion <= chain.State.Spec) return DispatchError.Module(9, 0);
        if (call.SpecVersion > LatestSpec) return DispatchError.Module(9, 1);
        if (call.At < chain.Number) return DispatchError.Module(9, 2);
        chain.State = chain.State with { Pending = new ScheduledUpgrade(call.At, call.SpecVersion) };
        chain.Tell(new Upgrade.Scheduled(call.At, call.SpecVersion));
        return ModelResult.Ok;
    }

    private ModelResult Cancel()
    {
        if (chain.State.Pending is null) return DispatchError.Module(9, 3);
        chain.State = chain.State with { Pending = null };
        chain.Tell(new Upgrade.Cancelled());
        return ModelResult.Ok;
    }
}
