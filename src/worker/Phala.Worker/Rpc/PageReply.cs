namespace Phala.Worker.Rpc;

/// <summary>What is sent back.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">What it is.</param>
/// <param name="Body">The bytes.</param>
internal sealed record PageReply(int Status, string ContentType, byte[] Body)
{
    /// <summary>The reply of a method.</summary>
    public static PageReply Of(PrpcReply reply, bool isJson) => new((int)reply.Status, isJson ? "application/json" : "application/octet-stream", reply.Body);
}
