namespace Phala.Node.Rpc;

/// <summary>Begins a subscription. What is pushed before the handler returns is sent after the reply.</summary>
/// <param name="call">Parameters and caller; not to be kept beyond the call.</param>
/// <param name="subscription">Where to push to, now and later, from any thread, until it is closed.</param>
/// <returns>Null, or why there is no subscription: then nothing that was pushed is sent.</returns>
public delegate RpcError? RpcSubscribeHandler(RpcCall call, Subscription subscription);
