namespace Phala.Node.Rpc.Messages;

/// <summary>A place in a message.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">How many bytes it has.</param>
internal readonly record struct Slice(int Start, int Length)
{
    /// <summary>The bytes at this place.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> text) => text.Slice(Start, Length);

    /// <summary>The bytes at this place.</summary>
    public ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> text) => text.Slice(Start, Length);
}
