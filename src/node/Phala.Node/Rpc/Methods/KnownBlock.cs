using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Node.Storage;
using Phala.Trie.Storage;

namespace Phala.Node.Rpc.Methods;

/// <summary>A block that subscribers were told of. It holds its state, so that a follower can ask for it although the chain has dropped the block or pruned the state.</summary>
/// <param name="id">The block.</param>
/// <param name="header">Its header.</param>
/// <param name="state">The state after it; null where that is not there, or is to be asked of the chain.</param>
/// <param name="body">Its extrinsics; null where they are to be asked of the chain.</param>
/// <param name="store">The chain, where the state is to be asked of it: one that is not in memory takes seconds and as much memory as all accounts.</param>
internal sealed class KnownBlock(BlockId id, Header header, StateSnapshot? state, Vec<OpaqueExtrinsic>? body, ChainStore? store = null)
{
    /// <summary>The block.</summary>
    public BlockId Id => id;

    /// <summary>Its header.</summary>
    public Header Header => header;

    /// <summary>The state after it.</summary>
    public StateSnapshot? State
    {
        get
        {
            if (state is not null || store is null) return state;
            store.StateAt(id.Hash, out StateSnapshot? asked);
            return asked;
        }
    }

    /// <summary>Its extrinsics, where they are held here: until the block is finalized, and for ever where it never will be.</summary>
    public Vec<OpaqueExtrinsic>? Body { get; private set; } = body;

    /// <summary>Whether clients have to look at the runtime anew.</summary>
    public bool ChangesRuntime
    {
        get
        {
            foreach (DigestItem item in header.Digest.Logs)
            {
                if (item is DigestItem.RuntimeEnvironmentUpdated) return true;
            }

            return false;
        }
    }

    /// <summary>The block is finalized: the chain keeps its body.</summary>
    public void ReleaseBody() => Body = null;
}
