namespace Phala.Node.Rpc;

/// <summary>Which methods a listener answers: <c>--rpc-methods</c>.</summary>
public enum RpcMethodPolicy
{
    /// <summary>Unsafe methods only on a loopback address, and not for callers that a proxy names in its forwarding headers.</summary>
    Auto,

    /// <summary>No unsafe method for anybody.</summary>
    Safe,

    /// <summary>Every method for everybody.</summary>
    Unsafe,
}
