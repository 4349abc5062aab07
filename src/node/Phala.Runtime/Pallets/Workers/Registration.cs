using Phala.Chain;
using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Crypto.Signatures;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Workers;
using Phala.Runtime.Pallets.Attestation;
using Phala.Runtime.Pallets.Queue;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Runtime.Pallets.Workers;

/// <summary>Which workers are registered: those whose program is admitted and whose attestation binds what they say of themselves.</summary>
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
        if (!call.Attestation.TryGet(out AttestationReport? report)) return PhalaRegistry.Error.NoneAttestationDisabled;
        if (AttestationVerifier.Verify(block.State, report, out attestation) is { } error) return error;
        if (attestation.ReportData != ReportDataOf(info)) return PhalaRegistry.Error.InvalidRuntimeInfoHash;
        if (!IsNewEnough(block.State, info.Version)) return PhalaRegistry.Error.PRuntimeRejected;
        return MaySend(block.State, sender, info) ? null : PhalaRegistry.Error.InvalidSender;
    }

    /// <summary>Records a worker, for the first time or again, and tells workers.</summary>
    public static DispatchResult Record(BlockContext block, WorkerInfoV2 info)
    {
        TrieOverlay state = block.State;
        bool isKnown = PhalaRegistry.Workers.TryGet(state, info.Pubkey, out WorkerInfoV2 before);
        PhalaRegistry.Workers.Set(state, info.Pubkey, isKnown ? info with { InitialScore = before.InitialScore } : info);
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

    /// <summary>Anybody may bring a registration, but one that changes the operator only the operator that stands: an old registration can't be replayed to become it again.</summary>
    private static bool MaySend(TrieOverlay state, in AccountId sender, WorkerRegistrationInfoV2 info) =>
        !PhalaRegistry.Workers.TryGet(state, info.Pubkey, out WorkerInfoV2 before) || before.Operator == info.Operator || !before.Operator.TryGet(out AccountId stands) || stands == sender;

    private static ReportData ReportDataOf(WorkerRegistrationInfoV2 info)
    {
        Span<byte> data = stackalloc byte[ReportData.Size];
        data.Clear();
        Blake2b.Hash256(Scale.Encode(info), data[..Hash256.Size]);
        return new ReportData(data);
    }
}
