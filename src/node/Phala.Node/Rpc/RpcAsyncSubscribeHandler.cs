namespace Phala.Node.Rpc;

/// <summary>Begins a subscription after work that takes time.</summary>
/// <param name="call">Parameters and caller; not to be kept beyond the returned task.</param>
/// <param name="subscription">Where to push to, as for <see cref="RpcSubscribeHandler"/>.</param>
/// <returns>Null, or why there is no subscription.</returns>
public delegate ValueTask<RpcError?> RpcAsyncSubscribeHandler(RpcCall call, Subscription subscription);
