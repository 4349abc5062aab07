namespace Phala.Node.Rpc.Messages;

/// <summary>A method of a running server.</summary>
/// <param name="Method">The method.</param>
/// <param name="Index">Its place among all of them, from 0.</param>
internal sealed record MethodEntry(RpcMethod Method, int Index);
