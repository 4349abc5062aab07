using System.Text.Json;
using Phala.Chain.Grandpa;
using Phala.Node.Consensus;
using Phala.Node.Storage;

namespace Phala.Node.Rpc.Methods;

/// <summary><c>pha_getFinalityChain</c>: the way from an authority set to a final block, for light clients that do not speak the network's protocols.</summary>
internal sealed class FinalityMethods(ChainStore store)
{
    /// <summary>How far from a block a justification is looked for, and the bytes after which a proof ends: the caller goes on from its last set.</summary>
    private const int Near = 512, MaxBytes = 4 << 20;

    /// <summary>Registers it.</summary>
    public void Register(RpcRegistry registry) => registry.Method("pha_getFinalityChain", RpcAccess.Safe, Chain);

    /// <summary>
    /// A <see cref="WarpSyncProof"/>: the last header of each set from the given one on, up to the target, and the target, each with its justification. The target is the finalized head or, where a
    /// block is named, the nearest justified one that is not below. Where the proof would be too long, it has no target and is not finished; where no block of the set is final, it is empty.
    /// </summary>
    private RpcError? Chain(RpcCall call, Utf8JsonWriter result)
    {
        if (!(call.Parameters.TryUInt64("fromSet", out ulong set) && call.Parameters.TryOptionalUInt32("toBlock", out uint? to))) return call.Parameters.Error;
        uint finalized = store.Finalized.Number, before = 0;
        if (to > finalized) return NodeErrors.Client("Block has not yet been finalized");
        if (set > 0 && !store.TryGetSetChange(set - 1, out before)) return NodeErrors.Client("There is no such authority set yet");
        uint target = to is { } named ? Justified(named, finalized) : finalized;
        FinalityFragments fragments = new();
        bool isFinished = target <= before || TryWalk(set, target, fragments);
        result.WriteHexValue(fragments.Encode(isFinished));
        return null;
    }

    /// <summary>Adds the fragments up to the target. The end of a set below the target is always justified.</summary>
    /// <returns>False where the proof would be too long.</returns>
    private bool TryWalk(ulong set, uint target, FinalityFragments fragments)
    {
        uint last = 0;
        for (; store.TryGetSetChange(set, out uint change) && change <= target; set++)
        {
            if (fragments.Bytes >= MaxBytes) return false;
            fragments.TryAdd(store, change);
            last = change;
        }

        if (last < target) fragments.TryAdd(store, target);
        return true;
    }

    /// <summary>The nearest justified block that is not below one: at the latest the end of its authority set, or the finalized head.</summary>
    private uint Justified(uint number, uint finalized)
    {
        for (uint at = number; at <= finalized && at - number < Near; at++)
        {
            if (FinalityFragments.TryGet(store, at, out _)) return at;
        }

        return store.TryGetSetChange(number, out uint change, out _) ? change : finalized;
    }
}
