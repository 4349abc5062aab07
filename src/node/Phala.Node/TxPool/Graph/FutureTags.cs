using System.Runtime.InteropServices;

namespace Phala.Node.TxPool.Graph;

/// <summary>Which future nodes wait for which tags.</summary>
internal sealed class FutureTags
{
    private readonly Dictionary<Tag, NodeSet> _waiting = [];

    /// <summary>Notes what a node waits for: all that the chain is not known to provide.</summary>
    public void Add(PoolNode node)
    {
        for (int index = 0; index < node.Providers.Length; index++)
        {
            if (node.Providers[index] is null) CollectionsMarshal.GetValueRefOrAddDefault(_waiting, node.Transaction.RequiredTags[index], out _).Add(node);
        }
    }

    public void Remove(PoolNode node)
    {
        for (int index = 0; index < node.Providers.Length; index++)
        {
            if (node.Providers[index] is null) Remove(node.Transaction.RequiredTags[index], node);
        }
    }

    public void Remove(Tag tag, PoolNode node)
    {
        ref NodeSet waiting = ref CollectionsMarshal.GetValueRefOrNullRef(_waiting, tag);
        waiting.Remove(node);
        if (waiting.Count == 0) _waiting.Remove(tag);
    }

    /// <summary>Those that wait for a tag, oldest first.</summary>
    public PoolNode[] WaitingFor(Tag tag) => _waiting.TryGetValue(tag, out NodeSet waiting) ? waiting.ToArray() : [];
}
