using System.Buffers.Binary;

namespace Phala.Crypto.Transcripts;

/// <summary>
/// A Merlin transcript (https://merlin.cool, version 1.0): what prover and verifier said to each other, and the source of the verifier's challenges in
/// Fiat–Shamir proofs such as sr25519 signatures.
/// </summary>
/// <remarks>
/// <para>Concept: messages with labels are absorbed in order; a challenge is a hash of everything before it. Invariant: labels and lengths frame every message,
/// so that transcripts of different messages differ. Trust: who checks a challenge believes that it was fixed by all that was appended before.</para>
/// <para>This is a mutable value: a copy is a fork, as for trying several messages after a common beginning. Make one with <see cref="Create"/>; the default
/// value is refused. Time depends on the lengths of labels and messages alone.</para>
/// </remarks>
public struct Transcript
{
    private static readonly Strobe128 Merlin = Strobe128.Create("Merlin v1.0"u8);

    private Strobe128 _strobe;

    /// <summary>An empty transcript of an application's protocol.</summary>
    /// <param name="protocol">The label that separates this protocol from all others.</param>
    public static Transcript Create(ReadOnlySpan<byte> protocol)
    {
        Transcript transcript = default;
        transcript._strobe = Merlin;
        transcript.AppendMessage("dom-sep"u8, protocol);
        return transcript;
    }

    /// <summary>Appends a message.</summary>
    /// <param name="label">What the message means; a constant of the protocol.</param>
    /// <param name="message">Bytes of any number.</param>
    /// <exception cref="InvalidOperationException">The transcript was not made by <see cref="Create"/>.</exception>
    public void AppendMessage(scoped ReadOnlySpan<byte> label, scoped ReadOnlySpan<byte> message)
    {
        Frame(label, message.Length);
        _strobe.AssociatedData(message);
    }

    /// <summary>Appends a number as eight little-endian bytes.</summary>
    /// <param name="label">What the number means; a constant of the protocol.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="InvalidOperationException">The transcript was not made by <see cref="Create"/>.</exception>
    public void AppendUInt64(scoped ReadOnlySpan<byte> label, ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        AppendMessage(label, bytes);
    }

    /// <summary>Fills a span with a challenge. The challenge and its length become part of the transcript.</summary>
    /// <param name="label">What the challenge is for; a constant of the protocol.</param>
    /// <param name="challenge">Receives as many bytes as it is long.</param>
    /// <exception cref="InvalidOperationException">The transcript was not made by <see cref="Create"/>.</exception>
    public void Challenge(scoped ReadOnlySpan<byte> label, scoped Span<byte> challenge)
    {
        Frame(label, challenge.Length);
        _strobe.PseudoRandom(challenge);
    }

    /// <summary>Begins a generator of secret randomness bound to this transcript, for a prover's nonces. The transcript itself stays as it is.</summary>
    /// <exception cref="InvalidOperationException">The transcript was not made by <see cref="Create"/>.</exception>
    public readonly TranscriptRngBuilder BuildRng()
    {
        ThrowIfDefault();
        return new TranscriptRngBuilder(_strobe);
    }

    /// <summary>Overwrites the state with zeros, for a transcript that has absorbed a secret. It is refused afterwards, as the default value is.</summary>
    internal void Clear() => _strobe.Clear();

    private void Frame(scoped ReadOnlySpan<byte> label, int length)
    {
        ThrowIfDefault();
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        _strobe.MetaAssociatedData(label);
        _strobe.MoreMetaAssociatedData(bytes);
    }

    private readonly void ThrowIfDefault()
    {
        if (!_strobe.IsCreated) throw new InvalidOperationException("A transcript begins with Transcript.Create.");
    }
}
