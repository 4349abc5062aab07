using Phala.Chain;
using Phala.Crypto.Signatures;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Transactions;
using Phala.Runtime.Interface.Workers;
using Phala.Runtime.Pallets.Attestation;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Runtime.Pallets.Workers;

/// <summary>Which session of a worker is recorded: the newest, of an admitted program that has verified this chain and no other.</summary>
/// <remarks>
/// The claim's block must be one of this chain and not old, so that a program that was fed another history gets no session. A later session must claim a later block than the first
/// claim of the one before, and a renewal is told from it by its keys: what an older session signed can't be played again.
/// </remarks>
internal static class SessionRules
{
    /// <summary>Whether a claim is to be recorded.</summary>
    /// <param name="block">The block.</param>
    /// <param name="signed">The claim with what supports it.</param>
    /// <param name="isVerified">Whether the signatures have been verified.</param>
    /// <param name="record">What is to be recorded.</param>
    /// <returns>The error, if there is one. Any claim gives an answer.</returns>
    public static PhalaRegistry.Error? Check(BlockContext block, SignedSessionClaim signed, bool isVerified, out SessionRecord record)
    {
        record = null!;
        SessionClaim claim = signed.Claim;
        if (claim.Genesis != FrameSystem.BlockHash.Get(block.State, 0)) return PhalaRegistry.Error.GenesisBlockHashRejected;
        if (CheckWorker(block.State, signed, out VerifiedAttestation attestation) is { } refused) return refused;
        if (!IsCanonical(block, claim)) return PhalaRegistry.Error.SessionNotCanonical;
        if (CheckOrder(block.State, claim, out uint firstBlock) is { } error) return error;
        if (!isVerified && !AreSigned(signed)) return PhalaRegistry.Error.InvalidSignature;
        record = new SessionRecord(
            claim.SigningKey, claim.EncryptionKey, claim.BootNonce, claim.Lease, firstBlock, claim.Block, block.Number + PhalaRegistry.LeaseLength, attestation.Measurement, attestation.Provider);
        return null;
    }

    /// <summary>A worker's session, if it counts now: its lease runs, and its program is still admitted.</summary>
    public static bool TryGetLive(BlockContext block, in Sr25519PublicKey worker, out SessionRecord session) =>
        PhalaRegistry.Sessions.TryGet(block.State, worker, out session!) && session.LeaseEnd >= block.Number && PhalaRegistry.PRuntimeAddedAt.Contains(block.State, session.Measurement);

    /// <summary>The pool's answer to a transaction with a claim, whoever sends it. It is kept no longer than the claim is good.</summary>
    public static TransactionValidity Validate(BlockContext block, PhalaRegistry.RecordSession call)
    {
        if (Check(block, call.Claim, isVerified: false, out _) is { } error) return error.ToValidity();
        if (!Queue.QueueWriter.HasRoomForFree(block, 0)) return InvalidTransaction.ExhaustsResources;
        ulong left = call.Claim.Claim.Block.Number + SessionClaim.LongestAge - block.Number;
        return BareTransactions.Providing(call.Claim.Claim.PoolTag(), Math.Clamp(left, 1, BareTransactions.Longevity));
    }

    /// <summary>Whether a block is one of this chain before this one, and not old.</summary>
    public static bool IsRecent(BlockContext block, in BlockId named)
    {
        if (named.Number >= block.Number || block.Number - named.Number > SessionClaim.LongestAge) return false;
        return FrameSystem.BlockHash.TryGet(block.State, named.Number, out Hash256 hash) && hash == named.Hash;
    }

    private static PhalaRegistry.Error? CheckWorker(TrieOverlay state, SignedSessionClaim signed, out VerifiedAttestation attestation)
    {
        attestation = default;
        if (!PhalaRegistry.Workers.TryGet(state, signed.Claim.Identity, out WorkerInfoV2 worker)) return PhalaRegistry.Error.WorkerNotFound;
        if (Registration.HasExpired(state, worker)) return PhalaRegistry.Error.RegistrationExpired;
        if (!Registration.IsNewEnough(state, worker.RuntimeVersion)) return PhalaRegistry.Error.PRuntimeRejected;
        if (AttestationVerifier.Verify(state, signed.Report, out attestation) is { } error) return error;
        return attestation.ReportData == signed.Claim.ReportData() ? null : PhalaRegistry.Error.InvalidRuntimeInfoHash;
    }

    /// <summary>Whether the claim's block is one of this chain and not old. Where the queue is as long as now, it must be the queue.</summary>
    private static bool IsCanonical(BlockContext block, SessionClaim claim)
    {
        if (!IsRecent(block, claim.Block)) return false;
        QueueHead head = PhalaMq.QueueHead.Get(block.State);
        return claim.Queue.Count < head.Count || claim.Queue == head;
    }

    private static PhalaRegistry.Error? CheckOrder(TrieOverlay state, SessionClaim claim, out uint firstBlock)
    {
        firstBlock = claim.Block.Number;
        if (!PhalaRegistry.Sessions.TryGet(state, claim.Identity, out SessionRecord stands)) return claim.Lease == 0 ? null : PhalaRegistry.Error.SessionUnknown;
        if (claim.SigningKey != stands.SigningKey)
        {
            if (claim.Lease > 0) return PhalaRegistry.Error.SessionUnknown;
            return claim.Block.Number > stands.FirstBlock ? null : PhalaRegistry.Error.SessionSuperseded;
        }

        firstBlock = stands.FirstBlock;
        if (claim.BootNonce != stands.BootNonce || claim.EncryptionKey != stands.EncryptionKey) return PhalaRegistry.Error.SessionUnknown;
        return claim.Lease > stands.Lease && claim.Block.Number >= stands.ClaimedBlock.Number ? null : PhalaRegistry.Error.SessionSuperseded;
    }

    private static bool AreSigned(SignedSessionClaim signed)
    {
        ReportData data = signed.Claim.ReportData();
        return Sr25519.Verify(signed.Claim.Identity.AsSpan(), data.AsSpan(), signed.IdentitySignature.AsSpan()) == SignatureVerdict.Valid
            && Sr25519.Verify(signed.Claim.SigningKey.AsSpan(), data.AsSpan(), signed.SessionSignature.AsSpan()) == SignatureVerdict.Valid;
    }
}
