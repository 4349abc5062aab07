using Phala.Chain;
using Phala.Codec;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Workers;
using Phala.Runtime.Pallets.Attestation;
using Phala.Runtime.Pallets.Queue;
using Phala.Runtime.Pallets.Workers;

namespace Phala.Runtime.Pallets;

/// <summary>Keeps who the workers are, which sessions count, and the public keys of gatekeepers and clusters.</summary>
public sealed class PhalaRegistryPallet : Pallet
{
    /// <summary>Registers the calls.</summary>
    public PhalaRegistryPallet()
        : base(PhalaRegistry.Shape)
    {
        Call<PhalaRegistry.ForceRegisterWorker>(Weights.RegisterWorker, OnForceRegisterWorker);
        Call<PhalaRegistry.RegisterGatekeeper>(Weights.ChangeGatekeeper, OnRegisterGatekeeper);
        Call<PhalaRegistry.UnregisterGatekeeper>(Weights.ChangeGatekeeper, OnUnregisterGatekeeper);
        Call<PhalaRegistry.RegisterWorkerV2>(Cost(Weights.RegisterWorker), null, OnRegisterWorker, signed: (block, signer, call) => Registration.Validate(block, signer, call));
        Call<PhalaRegistry.UpdateWorkerEndpoint>(Cost(Weights.UpdateEndpoint), null, OnUpdateWorkerEndpoint, signed: (block, _, call) => Endpoints.Validate(block, call));
        Call<PhalaRegistry.AddPruntime>(Weights.ChangeAllowList, OnAddPruntime);
        Call<PhalaRegistry.RemovePruntime>(Weights.ChangeAllowList, OnRemovePruntime);
        Call<PhalaRegistry.SetMinimumPruntimeVersion>(Weights.SetMinimumVersion, OnSetMinimumPruntimeVersion);
        Call<PhalaRegistry.RecordSession>(Cost(Weights.RecordSession), null, OnRecordSession, bare: SessionRules.Validate, signed: (block, _, call) => SessionRules.Validate(block, call));
    }

    /// <summary>Reads a message from outside the chain: the gatekeepers' key from a worker, and clusters' keys from the gatekeepers.</summary>
    public static DispatchResult OnMessage(BlockContext block, Message message)
    {
        if (message.Destination == Topics.RegistryEvent)
        {
            return Scale.Decode<RegistryEvent>(message.Payload.AsSpan()).TryGet(out RegistryEvent? news) && news is RegistryEvent.MasterPubkey master
                ? Gatekeepers.Announce(block, message.Sender, master.Key)
                : PhalaRegistry.Error.CannotHandleUnknownMessage.ToDispatch();
        }

        if (message.Destination != Topics.ClusterKeys) return DispatchResult.Ok;
        if (message.Sender is not MessageOrigin.Gatekeeper) return PhalaRegistry.Error.InvalidSender.ToDispatch();
        if (!Scale.Decode<ClusterKeyMessage>(message.Payload.AsSpan()).TryGet(out ClusterKeyMessage? keys)) return PhalaRegistry.Error.CannotHandleUnknownMessage.ToDispatch();
        return keys is ClusterKeyMessage.Available available ? ClusterKeyring.Add(block, available) : DispatchResult.Ok;
    }

    private static DispatchInfo Cost(Weight weight) => new(weight, DispatchClass.Normal, Pays.Yes);

    private DispatchResult OnForceRegisterWorker(CallContext context, PhalaRegistry.ForceRegisterWorker call)
    {
        if (!context.Origin.IsRoot) return DispatchError.BadOrigin;
        if (!PhalaRegistry.AllowInsecureDev.Get(context.State)) return Fail(PhalaRegistry.Error.NoneAttestationDisabled);
        if (!Registration.IsKey(call.Pubkey) || !Registration.IsKey(call.EcdhPubkey)) return Fail(PhalaRegistry.Error.InvalidPubKey);
        return Registration.Record(context.Block, new WorkerInfoV2(
            call.Pubkey, call.EcdhPubkey, RuntimeVersion: 0, Registration.Seconds(context.State), call.Operator,
            new Option<AttestationProvider>(AttestationProvider.Root), AttestationVerifier.NoConfidence, default, default));
    }

    private static DispatchResult OnRegisterGatekeeper(CallContext context, PhalaRegistry.RegisterGatekeeper call) =>
        context.Origin.IsRoot ? Gatekeepers.Add(context.Block, call.Gatekeeper) : DispatchError.BadOrigin;

    private static DispatchResult OnUnregisterGatekeeper(CallContext context, PhalaRegistry.UnregisterGatekeeper call) =>
        context.Origin.IsRoot ? Gatekeepers.Remove(context.Block, call.Gatekeeper) : DispatchError.BadOrigin;

    private DispatchResult OnRegisterWorker(CallContext context, PhalaRegistry.RegisterWorkerV2 call)
    {
        if (!context.Origin.IsSigned(out AccountId sender)) return DispatchError.BadOrigin;
        if (Registration.Check(context.Block, sender, call, out VerifiedAttestation attestation) is { } error) return Fail(error);
        WorkerRegistrationInfoV2 info = call.PruntimeInfo;
        return Registration.Record(context.Block, new WorkerInfoV2(
            info.Pubkey, info.EcdhPubkey, info.Version, Registration.Seconds(context.State), info.Operator,
            new Option<AttestationProvider>(attestation.Provider), attestation.ConfidenceLevel, default, info.Features));
    }

    private DispatchResult OnUpdateWorkerEndpoint(CallContext context, PhalaRegistry.UpdateWorkerEndpoint call)
    {
        if (!context.Origin.IsSigned(out _)) return DispatchError.BadOrigin;
        WorkerEndpointPayload payload = call.EndpointPayload;
        if (Endpoints.Check(context.State, payload, call.Signature.AsSpan()) is { } error) return Fail(error);
        PhalaRegistry.Endpoints.Set(context.State, payload.Pubkey, payload.VersionedEndpoints);
        PhalaRegistry.EndpointsSignedAt.Set(context.State, payload.Pubkey, payload.SigningTime);
        context.Deposit(new PhalaRegistry.EndpointUpdated(payload.Pubkey));
        return DispatchResult.Ok;
    }

    private DispatchResult OnAddPruntime(CallContext context, PhalaRegistry.AddPruntime call)
    {
        if (!context.Origin.IsRoot) return DispatchError.BadOrigin;
        if (PhalaRegistry.PRuntimeAddedAt.Contains(context.State, call.PruntimeHash)) return Fail(PhalaRegistry.Error.PRuntimeAlreadyExists);
        PhalaRegistry.PRuntimeAllowList.Set(context.State, [.. PhalaRegistry.PRuntimeAllowList.Get(context.State).AsSpan(), call.PruntimeHash]);
        PhalaRegistry.PRuntimeAddedAt.Set(context.State, call.PruntimeHash, context.Block.Number);
        context.Deposit(new PhalaRegistry.PruntimeAdded(call.PruntimeHash));
        return DispatchResult.Ok;
    }

    private DispatchResult OnRemovePruntime(CallContext context, PhalaRegistry.RemovePruntime call)
    {
        if (!context.Origin.IsRoot) return DispatchError.BadOrigin;
        Vec<Measurement> allowed = PhalaRegistry.PRuntimeAllowList.Get(context.State);
        int place = allowed.AsSpan().IndexOf(call.PruntimeHash);
        if (place < 0) return Fail(PhalaRegistry.Error.PRuntimeNotFound);
        PhalaRegistry.PRuntimeAllowList.Set(context.State, [.. allowed.AsSpan()[..place], .. allowed.AsSpan()[(place + 1)..]]);
        PhalaRegistry.PRuntimeAddedAt.Remove(context.State, call.PruntimeHash);
        context.Deposit(new PhalaRegistry.PruntimeRemoved(call.PruntimeHash));
        return QueueWriter.Push<SystemEvent>(context.Block, PhalaRegistry.Shape, Topics.SystemEvent, new SystemEvent.ProgramRemoved(call.PruntimeHash));
    }

    private static DispatchResult OnSetMinimumPruntimeVersion(CallContext context, PhalaRegistry.SetMinimumPruntimeVersion call)
    {
        if (!context.Origin.IsRoot) return DispatchError.BadOrigin;
        PhalaRegistry.MinimumPRuntimeVersion.Set(context.State, (call.Major, call.Minor, call.Patch));
        context.Deposit(new PhalaRegistry.MinimumPRuntimeVersionChangedTo(call.Major, call.Minor, call.Patch));
        return DispatchResult.Ok;
    }

    /// <summary>Without an account, the transaction was validated just before: a bare call comes from nowhere else.</summary>
    private DispatchResult OnRecordSession(CallContext context, PhalaRegistry.RecordSession call)
    {
        if (context.Origin.IsRoot) return DispatchError.BadOrigin;
        if (SessionRules.Check(context.Block, call.Claim, isVerified: context.Origin.IsNone, out SessionRecord record) is { } error) return Fail(error);
        Sr25519PublicKey identity = call.Claim.Claim.Identity;
        PhalaRegistry.Sessions.Set(context.State, identity, record);
        context.Deposit(new PhalaRegistry.SessionRecorded(identity, record.SigningKey, record.Lease, record.LeaseEnd));
        return QueueWriter.Push<SystemEvent>(context.Block, PhalaRegistry.Shape, Topics.SystemEvent, new SystemEvent.SessionRecorded(identity, record));
    }
}
