namespace Phala.Node.TxPool.Graph;

/// <summary>A transaction in the graph, with its ties to others.</summary>
internal sealed class PoolNode
{
    /// <summary>Stands for the chain among a node's providers.</summary>
    public static readonly PoolNode Chain = new();

    public PoolNode(PoolTransaction transaction, long sequence)
    {
        (Transaction, Sequence) = (transaction, sequence);
        Providers = new PoolNode?[transaction.RequiredTags.Length];
        InRotation = new LinkedListNode<PoolNode>(this);
        OfAccount = new LinkedListNode<PoolNode>(this);
    }

    private PoolNode()
    {
        Transaction = null!;
        Providers = [];
        InRotation = OfAccount = null!;
    }

    /// <summary>The transaction; another one with the same bytes after it was validated again.</summary>
    public PoolTransaction Transaction { get; set; }

    /// <summary>The order of arrival.</summary>
    public long Sequence { get; }

    public NodePlace Place { get; set; }

    /// <summary>Who provides each required tag: the chain or, where the node is ready, another ready one. Null where nobody is known to.</summary>
    public PoolNode?[] Providers { get; set; }

    /// <summary>How many of the providers are transactions in the pool; of a ready node.</summary>
    public int Bonds { get; set; }

    /// <summary>Ready nodes that have this one among their providers.</summary>
    public NodeSet Dependents;

    /// <summary>Its place among those that wait to be validated again.</summary>
    public LinkedListNode<PoolNode> InRotation { get; }

    /// <summary>Its place among its account's.</summary>
    public LinkedListNode<PoolNode> OfAccount { get; }

    /// <summary>The number of the block at whose state it was validated last.</summary>
    public uint ValidatedAt { get; set; }

    public bool Provides(Tag tag) => Array.IndexOf(Transaction.ProvidedTags, tag) >= 0;
}
