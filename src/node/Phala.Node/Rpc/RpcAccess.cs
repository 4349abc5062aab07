namespace Phala.Node.Rpc;

/// <summary>Who may call a method.</summary>
public enum RpcAccess
{
    /// <summary>Everybody.</summary>
    Safe,

    /// <summary>Only the operator of the node: keys, peers, logs, and whatever costs more than a stranger may ask for.</summary>
    Unsafe,
}
