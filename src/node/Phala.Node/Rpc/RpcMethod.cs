namespace Phala.Node.Rpc;

/// <summary>A registered method.</summary>
/// <param name="Name">The name that callers use.</param>
/// <param name="Access">Who may call it.</param>
/// <param name="Run">Answers a call.</param>
internal sealed record RpcMethod(string Name, RpcAccess Access, RpcAsyncHandler Run);
