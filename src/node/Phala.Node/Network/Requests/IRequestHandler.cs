namespace Phala.Node.Network.Requests;

/// <summary>Answers one kind of request: a function of the chain, whose work is bounded by its limits whatever the request says.</summary>
internal interface IRequestHandler
{
    /// <summary>The longest request.</summary>
    int MaxRequest { get; }

    /// <summary>Answers a request. Any bytes give an answer or a refusal.</summary>
    RequestRefusal Answer(ReadOnlySpan<byte> request, out byte[] reply);
}
