using Phala.Crypto.Encryption;
using Phala.Node.Network.Noise;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Network;

/// <summary>Bytes as the answer of a responder: key, encrypted key, encrypted payload.</summary>
public sealed class NoiseHandshakeTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override int SampleSize => 5000;

    /// <inheritdoc/>
    public override string Name => "noise-handshake";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } = [MakeAnswer(0), MakeAnswer(150), [0xFE, .. MakeAnswer(20)[1..]]];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [nameof(NoiseError.Truncated), nameof(NoiseError.BadTag), nameof(NoiseError.BadKey)];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 65_536 + (64 * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        // Bytes that are all zero where a key stands are the point of small order that mutants hardly find.
        if (input.Length > 0 && input[0] == 0xFE) input.AsSpan(0, Math.Min(input.Length, X25519.KeyLength)).Clear();
        using X25519KeyPair key = NewKey(1);
        using NoiseHandshake initiator = new(true, key, NewKey(2));
        initiator.TryWrite([], new byte[NoiseHandshake.MaxOverhead], out _);
        NoiseError error = initiator.TryRead(input, new byte[input.Length], out _);
        return new FuzzOutcome(error != NoiseError.Truncated, error == NoiseError.None ? null : error.ToString());
    }

    private static X25519KeyPair NewKey(byte fill) => X25519KeyPair.FromPrivateKey([.. Enumerable.Repeat(fill, X25519.KeyLength)]);

    private static byte[] MakeAnswer(int payload)
    {
        using X25519KeyPair initiatorKey = NewKey(1), key = NewKey(3);
        using NoiseHandshake initiator = new(true, initiatorKey, NewKey(2)), responder = new(false, key, NewKey(4));
        byte[] first = new byte[NoiseHandshake.MaxOverhead], answer = new byte[NoiseHandshake.MaxOverhead + payload];
        initiator.TryWrite([], first, out int length);
        responder.TryRead(first.AsSpan(0, length), new byte[length], out _);
        responder.TryWrite(new byte[payload], answer, out length);
        return answer[..length];
    }
}
