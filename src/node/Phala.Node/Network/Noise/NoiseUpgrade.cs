using System.Buffers.Binary;
using Phala.Crypto.Encryption;
using Phala.Crypto.Signatures;
using Phala.Node.Network.Addresses;

namespace Phala.Node.Network.Noise;

/// <summary>Does the handshake over a stream, and gives the encrypted one.</summary>
/// <param name="identity">This side's identity.</param>
/// <param name="entropy">Fills a span with random bytes that nobody can guess.</param>
internal sealed class NoiseUpgrade(Ed25519KeyPair identity, Action<Span<byte>> entropy)
{
    private const int LengthBytes = sizeof(ushort);

    /// <summary>Does the handshake.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="isInitiator">Whether this side opened the connection.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The stream and who is at its other end; or why not.</returns>
    public async ValueTask<(NoiseError Error, NoiseStream? Stream, PeerId Peer)> RunAsync(Stream stream, bool isInitiator, CancellationToken cancellation)
    {
        using X25519KeyPair staticKey = NewKey();
        using NoiseHandshake handshake = new(isInitiator, staticKey, NewKey());
        byte[] payload = NoiseIdentity.Encode(identity, staticKey.PublicKey);
        PeerId peer = default;
        for (int message = 0; message < NoiseHandshake.Messages; message++)
        {
            bool isFirst = message == 0, writes = (message & 1) == 0 == isInitiator;
            NoiseError error;
            if (writes) error = await WriteAsync(stream, handshake, isFirst ? [] : payload, cancellation).ConfigureAwait(false);
            else (error, peer) = await ReadAsync(stream, handshake, hasIdentity: !isFirst, cancellation).ConfigureAwait(false);
            if (error != NoiseError.None) return (error, null, default);
        }

        (NoiseCipher send, NoiseCipher receive) = handshake.Split();
        return (NoiseError.None, new NoiseStream(stream, send, receive), peer);
    }

    private X25519KeyPair NewKey()
    {
        Span<byte> bytes = stackalloc byte[X25519.KeyLength];
        entropy(bytes);
        X25519KeyPair key = X25519KeyPair.FromPrivateKey(bytes);
        bytes.Clear();
        return key;
    }

    private static async ValueTask<NoiseError> WriteAsync(Stream stream, NoiseHandshake handshake, byte[] payload, CancellationToken cancellation)
    {
        byte[] bytes = new byte[LengthBytes + payload.Length + NoiseHandshake.MaxOverhead];
        NoiseError error = handshake.TryWrite(payload, bytes.AsSpan(LengthBytes), out int length);
        if (error != NoiseError.None) return error;
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)length);
        await stream.WriteAsync(bytes.AsMemory(0, LengthBytes + length), cancellation).ConfigureAwait(false);
        return NoiseError.None;
    }

    private static async ValueTask<(NoiseError Error, PeerId Peer)> ReadAsync(Stream stream, NoiseHandshake handshake, bool hasIdentity, CancellationToken cancellation)
    {
        byte[] prefix = new byte[LengthBytes];
        if (await stream.ReadAtLeastAsync(prefix, LengthBytes, throwOnEndOfStream: false, cancellation).ConfigureAwait(false) < LengthBytes) return (NoiseError.Ended, default);
        byte[] message = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)], payload = new byte[message.Length];
        int count = await stream.ReadAtLeastAsync(message, message.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        if (count < message.Length) return (NoiseError.Ended, default);
        PeerId peer = default;
        NoiseError error = handshake.TryRead(message, payload, out int length);
        if (error == NoiseError.None && hasIdentity) error = NoiseIdentity.Verify(payload.AsSpan(0, length), handshake.RemoteStatic, out peer);
        return (error, peer);
    }
}
