using System.IO.Pipelines;
using Phala.Node.Network.Transport;

namespace Phala.Tests.Node.Network;

/// <summary>Two ends of a connection in memory.</summary>
internal sealed class Duplex : DuplexStream
{
    private readonly Stream _reads, _writes;

    private Duplex(Pipe reads, Pipe writes) => (_reads, _writes) = (reads.Reader.AsStream(), writes.Writer.AsStream());

    public static (Duplex One, Duplex Other) Create()
    {
        Pipe there = new(new PipeOptions(pauseWriterThreshold: 0)), back = new(new PipeOptions(pauseWriterThreshold: 0));
        return (new Duplex(back, there), new Duplex(there, back));
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _reads.ReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _writes.WriteAsync(buffer, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _reads.Dispose();
            _writes.Dispose();
        }

        base.Dispose(disposing);
    }
}
