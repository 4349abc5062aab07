using Phala.Runtime.Interface.Versions;
using Phala.Trie;

namespace Phala.Node.Rpc.Methods;

/// <summary>All followers. What they are told is serialized once for those who want to know the rules and once for the others. Used under the broadcast's lock.</summary>
internal sealed class FollowSet(ChainView view)
{
    private FollowSession[] _members = [];

    /// <summary>Adds a follower and tells it where the chain stands.</summary>
    public void Add(FollowSession session, KnownChain chain)
    {
        if (!chain.FinalizedBlocks.Concat(chain.Above).All(session.TryPin))
        {
            session.Stop();
            return;
        }

        session.Push(FollowEvents.Initialized(chain.FinalizedBlocks.Select(block => block.Id.Hash), session.WithRuntime ? VersionOf(chain.Finalized) : null));
        foreach (KnownBlock block in chain.Above) session.Push(NewBlock(block, session.WithRuntime));
        session.Push(FollowEvents.BestChanged(chain.Best));
        _members = [.. _members.Where(member => !member.IsClosed), session];
    }

    /// <summary>Tells of a block, and pins it.</summary>
    public void TellNew(KnownBlock block)
    {
        byte[]? with = null, without = null;
        foreach (FollowSession member in _members)
        {
            if (!member.TryPin(block)) member.Stop();
            else member.Push(member.WithRuntime ? with ??= NewBlock(block, true) : without ??= NewBlock(block, false));
        }

        if (Array.Exists(_members, member => member.IsClosed)) _members = [.. _members.Where(member => !member.IsClosed)];
    }

    /// <summary>Tells of another best block.</summary>
    public void TellBest(KnownBlock best) => Push(() => FollowEvents.BestChanged(best));

    /// <summary>Tells what is final, and what never will be.</summary>
    public void TellFinalized(IReadOnlyList<Hash256> finalized, IReadOnlyList<Hash256> pruned) => Push(() => FollowEvents.Finalized(finalized, pruned));

    /// <summary>All have to begin again.</summary>
    public void StopAll()
    {
        foreach (FollowSession member in _members) member.Stop();
        _members = [];
    }

    private void Push(Func<byte[]> serialize)
    {
        if (_members.Length == 0) return;
        byte[] json = serialize();
        foreach (FollowSession member in _members) member.Push(json);
    }

    private byte[] NewBlock(KnownBlock block, bool withRuntime) =>
        FollowEvents.NewBlock(block, withRuntime, withRuntime && block.ChangesRuntime ? VersionOf(block) : null);

    private RuntimeVersion? VersionOf(KnownBlock block) => block.State is { } state ? view.VersionOf(state, block.Id) : null;
}
