using System.Text.Json;

namespace Phala.Node.Rpc;

/// <summary>Answers a call at once.</summary>
/// <param name="call">Parameters and caller; not to be kept beyond the call.</param>
/// <param name="result">Takes the result: exactly one JSON value, unless an error is returned, which takes the place of what was written.</param>
/// <returns>Null, or why the call failed. An exception is a bug of the node: it is logged and told as "Internal error".</returns>
public delegate RpcError? RpcHandler(RpcCall call, Utf8JsonWriter result);
