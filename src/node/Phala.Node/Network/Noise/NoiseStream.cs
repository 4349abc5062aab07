using System.Buffers.Binary;
using Phala.Node.Network.Transport;

namespace Phala.Node.Network.Noise;

/// <summary>A stream of bytes in encrypted messages, each after its length of two bytes, the higher first.</summary>
/// <param name="inner">The stream below; disposed of with this one.</param>
/// <param name="send">The cipher of what is written.</param>
/// <param name="receive">The cipher of what is read.</param>
internal sealed class NoiseStream(Stream inner, NoiseCipher send, NoiseCipher receive) : DuplexStream
{
    private const int LengthBytes = sizeof(ushort), MaxMessage = ushort.MaxValue, MaxPlaintext = MaxMessage - NoiseCipher.TagLength;
    private readonly byte[] _received = new byte[MaxMessage], _plaintext = new byte[MaxPlaintext], _sent = new byte[LengthBytes + MaxMessage];
    private int _from, _to;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_from == _to)
        {
            if (!await TryReceiveAsync(cancellationToken).ConfigureAwait(false)) return 0;
        }

        int length = Math.Min(buffer.Length, _to - _from);
        _plaintext.AsSpan(_from, length).CopyTo(buffer.Span);
        _from += length;
        return length;
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            int length = Math.Min(buffer.Length, MaxPlaintext), message = length + NoiseCipher.TagLength;
            BinaryPrimitives.WriteUInt16BigEndian(_sent, (ushort)message);
            send.Encrypt(buffer.Span[..length], default, _sent.AsSpan(LengthBytes, message));
            await inner.WriteAsync(_sent.AsMemory(0, LengthBytes + message), cancellationToken).ConfigureAwait(false);
            buffer = buffer[length..];
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            send.Dispose();
            receive.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<bool> TryReceiveAsync(CancellationToken cancellation)
    {
        int count = await inner.ReadAtLeastAsync(_received.AsMemory(0, LengthBytes), LengthBytes, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        if (count < LengthBytes) return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(_received);
        Memory<byte> message = _received.AsMemory(0, length);
        if (await inner.ReadAtLeastAsync(message, length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false) < length) return false;
        if (!receive.TryDecrypt(message.Span, default, _plaintext)) throw new IOException("A message is not what the peer encrypted.");
        (_from, _to) = (0, length - NoiseCipher.TagLength);
        return true;
    }
}
