using System.Collections.Immutable;
using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.LightClient;
using Phala.Runtime.Interface;
using Phala.Trie;
using Phala.Trie.Proofs;

namespace Phala.Client.Verification;

/// <summary>A chain as this program has verified it itself: a light client that is fed by a node, and reads of the state by proof.</summary>
/// <remarks>
/// <para><b>Concept.</b> The node is asked for justifications and proofs, and its word is taken for nothing. What follows from a genesis hash is what the chain's voters made final.</para>
/// <para><b>Trust.</b> The genesis hash. Without <see cref="ClientOptions.Genesis"/> it is the one that the node named when the connection was made.</para>
/// </remarks>
public sealed class VerifiedChain : IDisposable
{
    private readonly ChainClient _chain;
    private readonly ChainFollower _follower;
    private readonly SemaphoreSlim _turn = new(1, 1);

    private ImmutableList<WarpSyncFragment> _changes = [];

    private VerifiedChain(ChainClient chain, ChainFollower follower, Header genesis, byte[] genesisProof) =>
        (_chain, _follower, GenesisHeader, GenesisProof) = (chain, follower, genesis, genesisProof);

    /// <summary>The hash that all is derived from.</summary>
    public Hash256 Genesis => Head.State.Genesis;

    /// <summary>The first header.</summary>
    public Header GenesisHeader { get; }

    /// <summary>A read proof of the first voters under its state root.</summary>
    public byte[] GenesisProof { get; }

    /// <summary>The last final block that is known.</summary>
    public VerifiedHead Head => _follower.Head;

    /// <summary>Starts at the genesis.</summary>
    /// <param name="chain">The connection to a node.</param>
    /// <param name="stop">Stops waiting.</param>
    public static async Task<ClientResult<VerifiedChain>> StartAsync(ChainClient chain, CancellationToken stop = default)
    {
        ClientResult<Header> asked = await chain.Blocks.HeaderAsync(chain.Genesis, stop).ConfigureAwait(false);
        if (!asked.TryGet(out Header header, out ClientFailure? failure)) return failure;
        byte[][] keys = [Grandpa.Authorities.Prefix.ToArray(), Aura.SlotDuration.Prefix.ToArray()];
        ClientResult<byte[]> proven = await ProofAsync(chain, keys, chain.Genesis, stop).ConfigureAwait(false);
        if (!proven.TryGet(out byte[]? proof, out failure)) return failure;
        StartError error = ChainFollower.TryStart(chain.Genesis, header, proof, LightClientMode.Digest, out ChainFollower? follower);
        return error == StartError.None
            ? new VerifiedChain(chain, follower!, header, proof)
            : new ClientFailure(ClientError.NotProven, $"The node does not prove the chain's beginning: {error}.");
    }

    /// <summary>The last headers of the sets of voters since the genesis, and a head, each with its justification: what convinces others of the head.</summary>
    /// <param name="head">A head of this chain.</param>
    public Vec<WarpSyncFragment> Finality(VerifiedHead head) =>
        head.Block.Number == 0 ? default : [.. _changes.TakeWhile(change => change.Header.Number < head.Block.Number), head.State.Head.Finalized];

    /// <summary>Follows the chain as far as the node shows it to be final.</summary>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>The head, which may be the same as before.</returns>
    public async Task<ClientResult<VerifiedHead>> AdvanceAsync(CancellationToken stop = default)
    {
        await _turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            while (true)
            {
                ClientResult<WarpSyncProof> asked = await _chain.Proofs.FinalityAsync(Head.Set.Id, stop).ConfigureAwait(false);
                if (!asked.TryGet(out WarpSyncProof proof, out ClientFailure? failure)) return failure;
                if (proof.Fragments.Length == 0 || proof.Fragments[^1].Header.Number <= Head.Block.Number) return Head;
                if (await FollowAsync(proof, stop).ConfigureAwait(false) is { } problem) return problem;
                if (proof.IsFinished) return Head;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Reads items of the state after a block by proof.</summary>
    /// <param name="head">The block.</param>
    /// <param name="keys">The storage keys of the items.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>The state as far as the node proves it: it may leave out what it likes, and that reads as <see cref="ProvenLookup.Missing"/>.</returns>
    public async Task<ClientResult<ProvenState>> ReadAsync(VerifiedHead head, IEnumerable<byte[]> keys, CancellationToken stop = default)
    {
        ClientResult<byte[]> asked = await ProofAsync(_chain, keys, head.Block.Hash, stop).ConfigureAwait(false);
        if (!asked.TryGet(out byte[]? proof, out ClientFailure? failure)) return failure;
        return ProvenState.TryOpen(proof, head.Header.StateRoot, out ProvenState? state, out ProofError error)
            ? state
            : new ClientFailure(ClientError.NotProven, $"The node's read proof does not hold: {error}.");
    }

    /// <summary>The header of a block, once it is shown to be final: the chain keeps the hashes of the last <see cref="BlockLimits.BlockHashCount"/> blocks in its state.</summary>
    /// <param name="block">The block.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<Header>> HeaderAsync(Hash256 block, CancellationToken stop = default)
    {
        ClientResult<Header> asked = await _chain.Blocks.HeaderAsync(block, stop).ConfigureAwait(false);
        if (!asked.TryGet(out Header header, out ClientFailure? failure)) return failure;
        ClientResult<VerifiedHead> advanced = await AdvanceAsync(stop).ConfigureAwait(false);
        if (!advanced.TryGet(out VerifiedHead? head, out failure)) return failure;
        if (header.Hash() == block && head.Block == new BlockId(block, header.Number)) return header;
        ClientFailure unproven = new(ClientError.NotProven, $"The node does not prove that block {block} is final.");
        if (header.Hash() != block || header.Number >= head.Block.Number) return unproven;
        ClientResult<ProvenState> read = await ReadAsync(head, [FrameSystem.BlockHash.Key(header.Number)], stop).ConfigureAwait(false);
        if (!read.TryGet(out ProvenState? state, out failure)) return failure;
        return state.TryRead(FrameSystem.BlockHash, header.Number, out Hash256 hash) == ProvenLookup.Present && hash == block ? header : unproven;
    }

    /// <summary>The encoded read proof of some keys under a block's state root. Nothing of it has been checked.</summary>
    /// <param name="head">The block.</param>
    /// <param name="keys">The storage keys.</param>
    /// <param name="stop">Stops waiting.</param>
    public Task<ClientResult<byte[]>> ProofAsync(VerifiedHead head, IEnumerable<byte[]> keys, CancellationToken stop = default) => ProofAsync(_chain, keys, head.Block.Hash, stop);

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private static async Task<ClientResult<byte[]>> ProofAsync(ChainClient chain, IEnumerable<byte[]> keys, Hash256 block, CancellationToken stop) =>
        (await chain.Proofs.ReadAsync(keys, block, stop).ConfigureAwait(false)).Then<byte[]>(nodes => ReadProofBuilder.Encode(nodes));

    private async Task<ClientFailure?> FollowAsync(WarpSyncProof proof, CancellationToken stop)
    {
        WarpSyncFragment target = proof.Fragments[^1];
        byte[] read = [];
        IReadOnlyList<byte[]> keys = AdvanceProof.Jump.KeysOf(Head.Block.Number, target.Header);
        if (keys.Count > 0)
        {
            ClientResult<byte[]> asked = await ProofAsync(_chain, keys, target.Header.Hash(), stop).ConfigureAwait(false);
            if (!asked.TryGet(out byte[]? found, out ClientFailure? failure)) return failure;
            read = found;
        }

        VerifiedHead before = Head;
        Vec<WarpSyncFragment> changes = Vec.Create<WarpSyncFragment>(proof.Fragments.AsSpan()[..^1]);
        FollowResult result = _follower.Advance(new AdvanceProof.Jump(changes, target, Vec.Create<byte>(read)), out _);
        if (!result.IsOk) return Failure(result);
        if (before.Block.Number > 0 && before.Set.Id != before.FinalizedBy.Id) _changes = _changes.Add(before.State.Head.Finalized);
        _changes = _changes.AddRange(changes);
        return null;
    }

    private ClientFailure Failure(FollowResult result) => _follower.Evidence is null
        ? new ClientFailure(ClientError.NotProven, $"The node does not prove what it says to be final: {result.Error} at header {result.At}.")
        : new ClientFailure(ClientError.Contradicted, "The chain has two histories that are both final. Nothing is believed any more.");
}
