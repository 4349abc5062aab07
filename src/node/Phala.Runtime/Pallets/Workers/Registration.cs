using Phala.Chain;
using Phala.Crypto.Signatures;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Transactions;
using Phala.Runtime.Interface.Workers;
using Phala.Runtime.Pallets.Attestation;
using Phala.Runtime.Pallets.Queue;
using Phala.Trie.Storage;

namespace Phala.Runtime.Pallets.Workers;

/// <summary>Which workers are registered: those whose program is admitted and whose attestation binds what they say of themselves now.</summary>
internal static class Registration
{
    private const int MaxMachineId = 64, MaxFeatures = 16;

    /// <summary>Whether a registration could be recorded.</summary>
    /// <param name="block">The block.</param>
    /// <param name="sender">Who brings it.</param>
    /// <param name="call">The registration.</param>
    /// <param name="attestation">What vouches for it.</param>
    public static PhalaRegistry.Error? Check(BlockContext block, in AccountId sender, PhalaRegistry.RegisterWorkerV2 call, out VerifiedAttestation attestation)
    {
        attestation = default;
        WorkerRegistrationInfoV2 info = call.PruntimeInfo;
        if (CheckInfo(block.State, info) is { } wrong) return wrong;
        if (CheckBlock(block, info) is { } old) return old;
        if (!call.Attestation.TryGet(out AttestationReport? report)) return PhalaRegistry.Error.NoneAttestationDisabled;
        if (AttestationVerifier.Verify(block.State, report, out attestation) is { } error) return error;
        if (attestation.ReportData != info.ReportData()) return PhalaRegistry.Error.InvalidRuntimeInfoHash;
        if (!IsNewEnough(block.State, info.Version)) return PhalaRegistry.Error.PRuntimeRejected;
        return MaySend(block.State, sender, info) ? null : PhalaRegistry.Error.InvalidSender;
    }

    /// <summary>The pool's answer to an account's transaction with a registration: what the chain would not take costs nobody anything, and relayers that bring the same worker's are one.</summary>
    public static TransactionValidity Validate(BlockContext block, in AccountId sender, PhalaRegistry.RegisterWorkerV2 call)
    {
        if (Check(block, sender, call, out _) is { } error) return error.ToValidity();
        if (!QueueWriter.HasRoomForFree(block, 0)) return InvalidTransaction.ExhaustsResources;
        ulong left = call.PruntimeInfo.Block.Number + (ulong)SessionClaim.LongestAge - block.Number;
        return BareTransactions.Providing(call.PruntimeInfo.PoolTag(), Math.Clamp(left, 1, BareTransactions.Longevity));
    }

    /// <summary>Records a worker, for the first time or again, and tells workers.</summary>
    public static DispatchResult Record(BlockContext block, WorkerInfoV2 info)
    {
        TrieOverlay state = block.State;
        bool isKnown = PhalaRegistry.Workers.TryGet(state, info.Pubkey, out WorkerInfoV2 before);
        PhalaRegistry.Workers.Set(state, info.Pubkey, isKnown ? info with { InitialScore = before.InitialScore } : info);
        PhalaRegistry.WorkerUpdatedAt.Set(state, info.Pubkey, block.Number);
        if (isKnown)
        {
            block.Deposit(new PhalaRegistry.WorkerUpdated(info.Pubkey, info.AttestationProvider, info.ConfidenceLevel));
        }
        else
        {
            PhalaRegistry.WorkerAddedAt.Set(state, info.Pubkey, block.Number);
            block.Deposit(new PhalaRegistry.WorkerAdded(info.Pubkey, info.AttestationProvider, info.ConfidenceLevel));
        }

        return QueueWriter.Push<SystemEvent>(
            block, PhalaRegistry.Shape, Topics.SystemEvent, new SystemEvent.WorkerEvent(info.Pubkey, new WorkerEvent.Registered(info.ConfidenceLevel)));
    }

    /// <summary>Whether a version is not below the least.</summary>
    public static bool IsNewEnough(TrieOverlay state, uint version) =>
        (version >> 16, (version >> 8) & 0xFF, version & 0xFF).CompareTo(PhalaRegistry.MinimumPRuntimeVersion.Get(state)) >= 0;

    /// <summary>Whether a registration counts no more.</summary>
    public static bool HasExpired(TrieOverlay state, WorkerInfoV2 worker) => Seconds(state) > worker.LastUpdated + PhalaRegistry.RegistrationLength;

    /// <summary>The block's time in seconds since 1970.</summary>
    public static ulong Seconds(TrieOverlay state) => Timestamp.Now.Get(state) / 1000;

    /// <summary>Whether bytes are an sr25519 public key. Other bytes verify nothing: whoever had such a key could never say anything.</summary>
    public static bool IsKey(in Sr25519PublicKey key) => Sr25519VerifyingKey.TryDecode(key.AsSpan(), out _);

    private static PhalaRegistry.Error? CheckInfo(TrieOverlay state, WorkerRegistrationInfoV2 info)
    {
        if (info.ParaId != 0) return PhalaRegistry.Error.ParachainIdMismatch;
        if (info.GenesisBlockHash != FrameSystem.BlockHash.Get(state, 0)) return PhalaRegistry.Error.GenesisBlockHashRejected;
        if (info.MachineId.Length > MaxMachineId || info.Features.Length > MaxFeatures) return PhalaRegistry.Error.InvalidRuntimeInfo;
        return IsKey(info.Pubkey) && IsKey(info.EcdhPubkey) ? null : PhalaRegistry.Error.InvalidPubKey;
    }

    /// <summary>Whether a registration was made on this chain, not long ago, and after the last.</summary>
    private static PhalaRegistry.Error? CheckBlock(BlockContext block, WorkerRegistrationInfoV2 info)
    {
        if (!SessionRules.IsRecent(block, info.Block)) return PhalaRegistry.Error.SessionNotCanonical;
        return info.Block.Number < PhalaRegistry.WorkerUpdatedAt.Get(block.State, info.Pubkey) ? PhalaRegistry.Error.RegistrationSuperseded : null;
    }

    /// <summary>Anybody may bring a registration, but one that changes the operator only the operator that stands.</summary>
    private static bool MaySend(TrieOverlay state, in AccountId sender, WorkerRegistrationInfoV2 info) =>
        !PhalaRegistry.Workers.TryGet(state, info.Pubkey, out WorkerInfoV2 before) || before.Operator == info.Operator || !before.Operator.TryGet(out AccountId stands) || stands == sender;
}
