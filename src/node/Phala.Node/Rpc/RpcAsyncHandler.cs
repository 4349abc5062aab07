using System.Text.Json;

namespace Phala.Node.Rpc;

/// <summary>Answers a call later. Further calls of the same connection go on meanwhile.</summary>
/// <param name="call">Parameters and caller; not to be kept beyond the returned task.</param>
/// <param name="result">Takes the result, as for <see cref="RpcHandler"/>.</param>
/// <returns>Null, or why the call failed.</returns>
public delegate ValueTask<RpcError?> RpcAsyncHandler(RpcCall call, Utf8JsonWriter result);
