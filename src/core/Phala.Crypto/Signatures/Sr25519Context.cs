using Phala.Crypto.Transcripts;

namespace Phala.Crypto.Signatures;

/// <summary>
/// What an application signs under: a label that keeps its signatures from being valid elsewhere, already absorbed. It is a value of some 200 bytes; keep one per
/// label and pass it on by reference.
/// </summary>
public readonly struct Sr25519Context
{
    private static readonly Sr25519Context SubstrateContext = Create("substrate"u8);

    private readonly Transcript _transcript;

    private Sr25519Context(in Transcript transcript) => _transcript = transcript;

    /// <summary>The label "substrate", under which Substrate chains sign and verify everything.</summary>
    public static ref readonly Sr25519Context Substrate => ref SubstrateContext;

    /// <summary>The context of a label.</summary>
    /// <param name="label">The application's label, of any length.</param>
    public static Sr25519Context Create(ReadOnlySpan<byte> label)
    {
        Transcript transcript = Transcript.Create("SigningContext"u8);
        transcript.AppendMessage(""u8, label);
        return new Sr25519Context(transcript);
    }

    /// <summary>The transcript of a message in this context: what is signed, and what a VRF takes as input.</summary>
    /// <param name="message">The message, of any length.</param>
    /// <exception cref="InvalidOperationException">The context was not made by <see cref="Create"/>.</exception>
    public Transcript Message(ReadOnlySpan<byte> message)
    {
        Transcript transcript = _transcript;
        transcript.AppendMessage("sign-bytes"u8, message);
        return transcript;
    }
}
