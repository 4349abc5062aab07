using System.Buffers.Binary;

namespace Phala.Crypto.Transcripts;

/// <summary>
/// Collects the secrets that a <see cref="TranscriptRng"/> draws from. Nonces made so are safe if either a witness is secret or the entropy is good, and differ
/// whenever the transcripts differ. It holds secrets: <see cref="Finish"/> clears it.
/// </summary>
public struct TranscriptRngBuilder
{
    /// <summary>The length in bytes of the entropy that <see cref="Finish"/> takes.</summary>
    public const int EntropyLength = 32;

    private Strobe128 _strobe;

    internal TranscriptRngBuilder(Strobe128 strobe) => _strobe = strobe;

    /// <summary>Mixes in a secret of the prover.</summary>
    /// <param name="label">What the secret is; a constant of the protocol.</param>
    /// <param name="witness">The secret's bytes.</param>
    /// <exception cref="InvalidOperationException">The builder is the default value, or finished.</exception>
    public void RekeyWithWitness(scoped ReadOnlySpan<byte> label, scoped ReadOnlySpan<byte> witness)
    {
        ThrowIfDefault();
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, witness.Length);
        _strobe.MetaAssociatedData(label);
        _strobe.MoreMetaAssociatedData(length);
        _strobe.Key(witness);
    }

    /// <summary>Mixes in entropy from outside and gives the generator.</summary>
    /// <param name="entropy">32 bytes. All zeros make the generator a function of transcript and witnesses.</param>
    /// <exception cref="ArgumentException">The entropy is not 32 bytes long.</exception>
    /// <exception cref="InvalidOperationException">The builder is the default value, or finished.</exception>
    public TranscriptRng Finish(scoped ReadOnlySpan<byte> entropy)
    {
        if (entropy.Length != EntropyLength) throw new ArgumentException("The entropy is 32 bytes long.", nameof(entropy));
        ThrowIfDefault();
        _strobe.MetaAssociatedData("rng"u8);
        _strobe.Key(entropy);
        TranscriptRng rng = new(_strobe);
        _strobe.Clear();
        return rng;
    }

    private readonly void ThrowIfDefault()
    {
        if (!_strobe.IsCreated) throw new InvalidOperationException("A builder comes from Transcript.BuildRng and is finished once.");
    }
}
