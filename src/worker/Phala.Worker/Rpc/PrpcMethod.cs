namespace Phala.Worker.Rpc;

/// <summary>A method of the RPC.</summary>
/// <param name="name">Its name.</param>
/// <param name="isPublic">Whether it is on the public listener too.</param>
/// <param name="maxBody">The longest request in bytes.</param>
internal abstract class PrpcMethod(string name, bool isPublic, int maxBody)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Whether it is on the public listener too.</summary>
    public bool IsPublic { get; } = isPublic;

    /// <summary>The longest request in bytes.</summary>
    public int MaxBody { get; } = maxBody;

    /// <summary>Answers a request.</summary>
    /// <param name="body">Its bytes; none for a request without fields.</param>
    /// <param name="isJson">Whether request and reply are JSON.</param>
    /// <param name="cancellation">Ends what nobody waits for any more.</param>
    public abstract ValueTask<PrpcReply> CallAsync(ReadOnlyMemory<byte> body, bool isJson, CancellationToken cancellation);
}
