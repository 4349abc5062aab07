namespace Phala.Client;

/// <summary>What went wrong.</summary>
/// <param name="Error">The kind.</param>
/// <param name="Message">In words.</param>
/// <param name="Code">The server's code, of <see cref="ClientError.Rpc"/> and <see cref="ClientError.Refused"/>.</param>
/// <param name="Data">What the server says besides; text, or else JSON.</param>
public sealed record ClientFailure(ClientError Error, string Message, int Code = 0, string? Data = null)
{
    /// <inheritdoc/>
    public override string ToString() => (Code, Data) switch
    {
        (0, null) => $"{Error}: {Message}",
        (_, null) => $"{Error}: {Message} ({Code})",
        _ => $"{Error}: {Message}: {Data} ({Code})",
    };
}
