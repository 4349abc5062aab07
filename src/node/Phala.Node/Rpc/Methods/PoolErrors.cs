using Phala.Node.TxPool;

namespace Phala.Node.Rpc.Methods;

/// <summary>The pool's refusals as errors.</summary>
internal static class PoolErrors
{
    /// <summary>The bytes are no transaction.</summary>
    public static RpcError BadFormat { get; } = Of(new PoolRefusal(PoolError.BadFormat));

    /// <summary>A refusal with its code and words.</summary>
    public static RpcError Of(in PoolRefusal refusal) => new(refusal.Code, refusal.Message, refusal.Data);
}
