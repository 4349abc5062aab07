namespace Phala.Node.TxPool.Graph;

/// <summary>The nodes of one account; those without a signer share one.</summary>
internal sealed class AccountNodes
{
    public LinkedList<PoolNode> Nodes { get; } = [];

    public int Ready { get; set; }

    public int Future { get; set; }
}
