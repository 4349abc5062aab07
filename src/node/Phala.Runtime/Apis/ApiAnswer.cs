namespace Phala.Runtime.Apis;

/// <summary>What a runtime API answered, or why it did not.</summary>
/// <param name="Error">Why not.</param>
/// <param name="Bytes">The encoded answer.</param>
public readonly record struct ApiAnswer(ApiError Error, byte[] Bytes)
{
    /// <summary>An answer.</summary>
    public static implicit operator ApiAnswer(byte[] bytes) => new(ApiError.None, bytes);

    /// <summary>None.</summary>
    public static implicit operator ApiAnswer(ApiError error) => new(error, []);
}
