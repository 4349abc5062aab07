using System.Security.Cryptography;
using Phala.Crypto.Encryption;

namespace Phala.Node.Network.Noise;

/// <summary>
/// The handshake Noise_XX_25519_ChaChaPoly_SHA256 (The Noise Protocol Framework, revision 34): three messages, <c>e</c>; <c>e, ee, s, es</c>; <c>s, se</c>. Each side learns
/// the other's static key, and both have keys that nobody else can have.
/// </summary>
/// <remarks>
/// <para><b>Invariant.</b> Pure: keys come as arguments, messages go in and out. Messages alternate, the initiator's first; after the third <see cref="Split"/> gives the ciphers.</para>
/// <para><b>Trust.</b> Whoever finished the handshake has the static key that <see cref="RemoteStatic"/> says. Whose key that is, <see cref="NoiseIdentity"/> tells.</para>
/// </remarks>
internal sealed class NoiseHandshake : IDisposable
{
    /// <summary>How much longer than its payload a message is at most: two keys, and the tags of one of them and of the payload.</summary>
    public const int MaxOverhead = (2 * X25519.KeyLength) + (2 * NoiseCipher.TagLength);

    /// <summary>How many messages there are.</summary>
    public const int Messages = 3;

    private readonly bool _isInitiator;
    private readonly X25519KeyPair _static, _ephemeral;
    private readonly NoiseSymmetricState _state = new("Noise_XX_25519_ChaChaPoly_SHA256"u8);
    private readonly byte[] _remoteEphemeral = new byte[X25519.KeyLength], _remoteStatic = new byte[X25519.KeyLength];
    private int _next;

    /// <summary>Begins a handshake.</summary>
    /// <param name="isInitiator">Whether this side writes first.</param>
    /// <param name="staticKey">This side's key; remains the caller's.</param>
    /// <param name="ephemeralKey">A key for this handshake only; disposed of with it.</param>
    /// <param name="prologue">What both sides know already.</param>
    public NoiseHandshake(bool isInitiator, X25519KeyPair staticKey, X25519KeyPair ephemeralKey, ReadOnlySpan<byte> prologue = default)
    {
        (_isInitiator, _static, _ephemeral) = (isInitiator, staticKey, ephemeralKey);
        _state.MixHash(prologue);
    }

    /// <summary>The other side's static key, once its message has been read.</summary>
    public ReadOnlySpan<byte> RemoteStatic => _remoteStatic;

    /// <summary>The hash of the whole handshake, the same on both sides.</summary>
    public ReadOnlySpan<byte> Hash => _state.Hash;

    /// <summary>Writes this side's next message.</summary>
    /// <param name="payload">What goes with it; encrypted in all but the first message.</param>
    /// <param name="message">Receives it: the payload and at most <see cref="MaxOverhead"/> bytes more.</param>
    /// <param name="length">How long it is.</param>
    public NoiseError TryWrite(ReadOnlySpan<byte> payload, Span<byte> message, out int length)
    {
        length = 0;
        int index = Turn(writes: true);
        if (index < 2)
        {
            _ephemeral.PublicKey.CopyTo(message);
            _state.MixHash(_ephemeral.PublicKey);
            length += X25519.KeyLength;
        }

        if (index == 1 && !TryMix(_ephemeral, _remoteEphemeral)) return NoiseError.BadKey;
        if (index > 0)
        {
            length += _state.EncryptAndHash(_static.PublicKey, message[length..]);
            if (!TryMix(_static, _remoteEphemeral)) return NoiseError.BadKey;
        }

        length += _state.EncryptAndHash(payload, message[length..]);
        return NoiseError.None;
    }

    /// <summary>Reads the other side's next message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="payload">Receives what came with it; as long as the message is enough.</param>
    /// <param name="length">How long that is.</param>
    public NoiseError TryRead(ReadOnlySpan<byte> message, Span<byte> payload, out int length)
    {
        length = 0;
        int index = Turn(writes: false);
        if (index < 2)
        {
            if (message.Length < X25519.KeyLength) return NoiseError.Truncated;
            message[..X25519.KeyLength].CopyTo(_remoteEphemeral);
            _state.MixHash(_remoteEphemeral);
            message = message[X25519.KeyLength..];
        }

        if (index == 1 && !TryMix(_ephemeral, _remoteEphemeral)) return NoiseError.BadKey;
        if (index > 0)
        {
            int keyLength = X25519.KeyLength + _state.TagLength;
            if (message.Length < keyLength) return NoiseError.Truncated;
            if (!_state.TryDecryptAndHash(message[..keyLength], _remoteStatic)) return NoiseError.BadTag;
            if (!TryMix(_ephemeral, _remoteStatic)) return NoiseError.BadKey;
            message = message[keyLength..];
        }

        if (message.Length < _state.TagLength) return NoiseError.Truncated;
        length = message.Length - _state.TagLength;
        return _state.TryDecryptAndHash(message, payload[..length]) ? NoiseError.None : NoiseError.BadTag;
    }

    /// <summary>The ciphers of the channel, after the last message.</summary>
    public (NoiseCipher Send, NoiseCipher Receive) Split()
    {
        if (_next != Messages) throw new InvalidOperationException("The handshake is not over.");
        (NoiseCipher initiator, NoiseCipher responder) = _state.Split();
        return _isInitiator ? (initiator, responder) : (responder, initiator);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ephemeral.Dispose();
        _state.Dispose();
    }

    private int Turn(bool writes)
    {
        bool isInitiators = (_next & 1) == 0;
        return _next < Messages && isInitiators == (_isInitiator == writes) ? _next++ : throw new InvalidOperationException("It is not this side's turn.");
    }

    private bool TryMix(X25519KeyPair ours, ReadOnlySpan<byte> theirs)
    {
        Span<byte> shared = stackalloc byte[X25519.KeyLength];
        bool agreed = ours.TryAgree(theirs, shared);
        if (agreed) _state.MixKey(shared);
        CryptographicOperations.ZeroMemory(shared);
        return agreed;
    }
}
