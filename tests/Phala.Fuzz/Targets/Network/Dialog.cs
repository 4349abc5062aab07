using Phala.Node.Network.Transport;

namespace Phala.Fuzz.Targets.Network;

/// <summary>What a peer says, all at once; what is answered is for nobody.</summary>
internal sealed class Dialog(byte[] said) : DuplexStream
{
    private int _at;

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int length = Math.Min(buffer.Length, said.Length - _at);
        said.AsSpan(_at, length).CopyTo(buffer.Span);
        _at += length;
        return ValueTask.FromResult(length);
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
}
